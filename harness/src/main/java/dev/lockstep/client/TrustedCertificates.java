package dev.lockstep.client;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificates that the platform trusts, and those of a PEM file beside them. */
final class TrustedCertificates {
    private TrustedCertificates() {}

    /** Returns TLS that trusts both; throws CONFIG when the file holds no certificate. */
    static SSLContext with(Path pem) {
        List<Certificate> all = all(pem);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusting(store(all)), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the certificates cannot be put into a trust store", e);
        }
    }

    static List<Certificate> all(Path pem) {
        List<Certificate> all = new ArrayList<>(read(pem));
        try {
            all.addAll(platform());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform's trust store cannot be read", e);
        }
        return all;
    }

    private static Collection<? extends Certificate> read(Path pem) {
        try (InputStream text = Files.newInputStream(pem)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(text);
            if (found.isEmpty()) {
                throw unusable(pem, "holds no certificate");
            }
            return found;
        } catch (NoSuchFileException e) {
            throw unusable(pem, "does not exist");
        } catch (CertificateException | IOException e) {
            throw unusable(pem, "cannot be read as certificates");
        }
    }

    private static LockstepException unusable(Path pem, String why) {
        return new LockstepException(
                ErrorKind.CONFIG,
                "certificate authority file '" + pem + "' " + why
                        + ": expected one or more blocks '-----BEGIN CERTIFICATE-----'; correct the path or the file");
    }

    private static List<Certificate> platform() throws GeneralSecurityException {
        return Arrays.stream(trusting(null))
                .flatMap(manager -> manager instanceof X509TrustManager x509
                        ? Arrays.stream(x509.getAcceptedIssuers())
                        : Stream.of())
                .map(Certificate.class::cast)
                .toList();
    }

    private static TrustManager[] trusting(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore store(List<Certificate> certificates) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("trusted-" + i, certificates.get(i));
        }
        return store;
    }
}
