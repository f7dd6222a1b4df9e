package dev.lockstep.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server on a bare socket: it answers the n-th request by the n-th script, later ones by the last. */
final class RawServer implements AutoCloseable {

    /** What is done with one connection after its request was read; the connection is closed afterwards. */
    interface Script {
        void play(OutputStream out, CountDownLatch clientGone) throws IOException;
    }

    private final ServerSocket socket;
    private final List<Script> scripts;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private RawServer(ServerSocket socket, List<Script> scripts) {
        this.socket = socket;
        this.scripts = scripts;
        threads.execute(this::accept);
    }

    static RawServer playing(Script... scripts) {
        try {
            return new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), List.of(scripts));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Script answers(int status, String body, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\nConnection: close\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return sends(head + "Content-Length: " + length + "\r\n\r\n" + body);
    }

    static Script sends(String text) {
        return (out, clientGone) -> write(out, text);
    }

    static Script hangsUp() {
        return (out, clientGone) -> {};
    }

    /** Sends a part, and then nothing more until the client hangs up. */
    static Script stallsAfter(String text) {
        return (out, clientGone) -> {
            write(out, text);
            await(clientGone);
        };
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    boolean wasAsked() throws InterruptedException {
        return asked.await(10, TimeUnit.SECONDS);
    }

    /** Waits until a client has closed its connection. */
    boolean clientHungUp() throws InterruptedException {
        return hungUp.await(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            requests.add(request(in));
            asked.countDown();
            CountDownLatch clientGone = new CountDownLatch(1);
            threads.execute(() -> watch(connection, clientGone));
            Script script = scripts.get(Math.min(requests.size(), scripts.size()) - 1);
            script.play(connection.getOutputStream(), clientGone);
        } catch (IOException e) {
            hungUp.countDown();
        }
    }

    private void watch(Socket connection, CountDownLatch clientGone) {
        try {
            while (connection.getInputStream().read() >= 0) {
                // nothing is expected after the request
            }
        } catch (IOException e) {
            if (connection.isClosed()) {
                return;
            }
        }
        hungUp.countDown();
        clientGone.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String request(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.UTF_8);
        return text + new String(in.readNBytes(length(text)), StandardCharsets.UTF_8);
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
