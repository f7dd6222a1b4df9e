package dev.lockstep.client;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;

/** The {@code host:port} of an HTTP proxy. */
final class ProxyAddress {
    private ProxyAddress() {}

    /** Returns a way through the proxy for every request, loopback included; throws CONFIG when the address is none. */
    static ProxySelector read(String address) {
        try {
            URI parsed = new URI("http://" + address);
            if (parsed.getHost() == null || parsed.getPort() < 1 || parsed.getPort() > 65535 || !isBare(parsed)) {
                throw malformed(address);
            }
            return ProxySelector.of(InetSocketAddress.createUnresolved(host(parsed), parsed.getPort()));
        } catch (URISyntaxException e) {
            throw malformed(address);
        }
    }

    private static boolean isBare(URI parsed) {
        return parsed.getRawPath().isEmpty()
                && parsed.getRawUserInfo() == null
                && parsed.getRawQuery() == null
                && parsed.getRawFragment() == null;
    }

    private static String host(URI parsed) {
        return parsed.getHost().replace("[", "").replace("]", "");
    }

    private static LockstepException malformed(String address) {
        String shown = address.contains("@") ? "***" + address.substring(address.lastIndexOf('@')) : address;
        return new LockstepException(
                ErrorKind.CONFIG, "proxy '" + shown + "' is not host:port; write for example 'proxy.internal:3128'");
    }
}
