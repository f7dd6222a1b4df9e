package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A checkout with the real scripts, a source, a Maven that waits for a word, and a JDK that only says how it was called. */
record FakeCheckout(Path root) {
    private static final String SOURCE = "harness/src/main/Main.java";
    private static final String BUILT = "lockstep-harness-7.8.9-cli.jar";
    private static final String POM =
            "<project>\n  <version>7.8.9</version>\n  <build><version>1</version></build>\n</project>\n";
    private static final String MAVEN = """
            #!/usr/bin/env bash
            echo build >> ROOT/builds
            echo $$ > ROOT/maven.pid
            until [ -f ROOT/go-on ]; do sleep 0.1; done
            cat ROOT/says 2> /dev/null && exit 1
            [ -f ROOT/makes-nothing ] || echo jar > ROOT/harness/target/BUILT
            """;
    private static final String JAVA = """
            #!/usr/bin/env bash
            if [ "$1" = -version ]; then echo 'openjdk version "25"' >&2; exit; fi
            while [ "$1" != -jar ]; do
              case $1 in -Dlockstep.command=*) command=$1 ;; esac
              shift
            done
            shift 2
            echo "java $command $*"
            """;

    static FakeCheckout in(Path root) throws IOException {
        FakeCheckout checkout = new FakeCheckout(root.toRealPath());
        checkout.executable(
                "bin/mvn", MAVEN.replace("ROOT", checkout.root.toString()).replace("BUILT", BUILT));
        checkout.executable("jdk/bin/javac", "");
        checkout.executable("jdk/bin/java", JAVA);
        for (String script : List.of("lockstep", "find-jdk", "reproducible-jars")) {
            checkout.executable(
                    "scripts/" + script, Files.readString(Wrapper.scripts().resolve(script)));
        }
        for (String source : List.of("harness/pom.xml", SOURCE)) {
            checkout.file(source, "");
        }
        checkout.file("pom.xml", POM);
        Files.createDirectories(checkout.root.resolve("harness/target"));
        return checkout;
    }

    Path script() {
        return root.resolve("scripts/lockstep");
    }

    Path log() {
        return root.resolve("harness/target/lockstep-build.log");
    }

    Path mavenProcess() {
        return root.resolve("maven.pid");
    }

    Wrapper wrapper() {
        Wrapper wrapper = Wrapper.ofCheckout();
        return new Wrapper(script(), wrapper.environment())
                .with("LOCKSTEP_JAVA_HOME", root.resolve("jdk").toString())
                .with("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
    }

    void letMavenGoOn() throws IOException {
        Files.writeString(root.resolve("go-on"), "");
    }

    void letMavenFail(String words) throws IOException {
        Files.writeString(root.resolve("says"), words);
        letMavenGoOn();
    }

    Path built() {
        return root.resolve("harness/target").resolve(BUILT);
    }

    /** Lets Maven end well, but without a jar. */
    void letMavenMakeNothing() throws IOException {
        Files.writeString(root.resolve("makes-nothing"), "");
        letMavenGoOn();
    }

    void changeSource() throws IOException {
        Instant afterEveryBuild = Instant.now().plusSeconds(3600);
        Files.setLastModifiedTime(root.resolve(SOURCE), FileTime.from(afterEveryBuild));
    }

    /** Leaves the lock of a start that ended without taking it away. */
    void lockFor(long process) throws IOException {
        Files.createSymbolicLink(root.resolve("harness/target/lockstep-build.lock"), Path.of(Long.toString(process)));
    }

    int builds() throws IOException {
        return Files.readAllLines(root.resolve("builds")).size();
    }

    /** Returns what must not be left: locks, and parts of jars. */
    List<String> leftovers() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve("harness/target"))) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        names.removeAll(List.of(BUILT, "lockstep-cli.jar", "lockstep-build.log", "lockstep-build.started"));
        return names;
    }

    private void executable(String name, String text) throws IOException {
        Files.setPosixFilePermissions(file(name, text), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
