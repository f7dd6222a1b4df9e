package dev.lockstep.stack;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.ModelSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the files beside the model prove of a process.
 *
 * @param facts their digests
 * @param doubts those that cannot be read, or not be trusted
 */
record NamedFiles(LayerFacts facts, List<FileChecks.Doubt> doubts) {

    NamedFiles {
        doubts = List.copyOf(doubts);
    }

    static NamedFiles trusted(List<NamedFile> named, FileTrust trust) {
        LayerFacts facts = new LayerFacts();
        List<FileChecks.Doubt> doubts = new ArrayList<>();
        for (NamedFile each : named) {
            Optional<String> digest = each.digest();
            Optional<String> doubt = digest.isEmpty()
                    ? Optional.of(each.path() + " cannot be read here")
                    : each.files().stream()
                            .flatMap(file -> trust.doubt(file).stream())
                            .findFirst();
            doubt.ifPresentOrElse(
                    why -> doubts.add(doubt(each, why)),
                    () -> digest.ifPresent(value -> facts.put(each.layer(), each.field(), value)));
        }
        return new NamedFiles(facts, doubts);
    }

    private static FileChecks.Doubt doubt(NamedFile file, String why) {
        Path path = file.path();
        return new FileChecks.Doubt(new ModelFile(ModelSource.at(path), file.role()), why, Check.Outcome.UNVERIFIABLE);
    }
}
