package dev.lockstep.suite;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import dev.lockstep.document.Sha256;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Standing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads a suite file ({@code schema: suite/1}) and checks it whole.
 *
 * <p>Every mistake becomes a problem with its position, all of them in one reading. Nothing but the file and the media beside
 * it is read.
 */
public final class SuiteReader {
    private static final Pattern SCHEMA = Pattern.compile("suite/1");
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]*");
    private static final Pattern VERSION = Pattern.compile("[0-9][0-9A-Za-z.+-]*");

    private final ScorerCatalog scorers;
    private final Function<Path, String> digest;

    public SuiteReader(ScorerCatalog scorers) {
        this(scorers, Sha256::of);
    }

    SuiteReader(ScorerCatalog scorers, Function<Path, String> digest) {
        this.scorers = scorers;
        this.digest = digest;
    }

    /** Returns the suite; empty when anything is wrong with it, and then {@code problems} says what. */
    public Optional<Suite> read(Path suiteFile, Problems problems) {
        Problems found = new Problems();
        Optional<Suite> suite = DocumentReader.read(suiteFile, found)
                .flatMap(node -> Mappings.open(node, "suite", found))
                .map(fields -> suite(suiteFile, fields, found));
        found.list().forEach(problem -> problems.add(problem.position(), problem.message()));
        return found.isEmpty() ? suite : Optional.empty();
    }

    private Suite suite(Path file, Fields fields, Problems problems) {
        fields.matching("schema", SCHEMA, "write schema: suite/1");
        String id = fields.matching("id", ID, CaseReader.ID_RULE);
        String version = fields.matching("version", VERSION, "write a version such as 1.0.0");
        String description = fields.text("description", "");
        fields.text("license");
        List<String> tags = Tags.read(fields);
        SuiteContext context = SuiteContext.read(id, fields, new MediaFolder(file, digest, problems), problems);
        List<EvalCase> cases = cases(fields, context);
        SortedMap<Layer, Standing> floor = FloorReader.read(fields);
        context.media().rejectUnused();
        fields.rejectUnknown();
        return new Suite(
                id, version, description, context.role(), context.requirements().names(), tags, cases, file, floor);
    }

    private List<EvalCase> cases(Fields fields, SuiteContext context) {
        List<DocumentNode> nodes = fields.items("cases");
        if (nodes.isEmpty()) {
            fields.problem("cases", "there are no cases; write at least one under 'cases'");
        }
        return new CaseReader(context, new ScorerReader(scorers, context.problems())).readAll(nodes);
    }
}
