package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A PATH that holds what this process's PATH holds, less some programs: a machine where they are not installed. */
record SearchPath(Path folder) {

    /** Fills the folder with links; {@code prefixes} are the beginnings of the names that are left out. */
    String without(List<String> prefixes) throws IOException {
        Files.createDirectories(folder);
        for (String place : System.getenv("PATH").split(":", -1)) {
            if (Files.isDirectory(Path.of(place))) {
                link(Path.of(place), prefixes);
            }
        }
        return folder.toString();
    }

    /** Takes the links out again, so that nobody who deletes the folder comes near the programs. */
    void release() throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> links = Files.newDirectoryStream(folder)) {
                for (Path link : links) {
                    Files.delete(link);
                }
            }
        }
    }

    private void link(Path place, List<String> prefixes) throws IOException {
        try (DirectoryStream<Path> programs = Files.newDirectoryStream(place)) {
            for (Path program : programs) {
                String name = program.getFileName().toString();
                Path link = folder.resolve(name);
                if (prefixes.stream().noneMatch(name::startsWith) && Files.notExists(link)) {
                    Files.deleteIfExists(link);
                    Files.createSymbolicLink(link, program);
                }
            }
        }
    }
}
