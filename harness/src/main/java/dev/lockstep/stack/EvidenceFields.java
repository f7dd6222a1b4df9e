package dev.lockstep.stack;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import dev.lockstep.document.TimeSpan;
import dev.lockstep.lock.ImageReference;
import dev.lockstep.stack.EvidenceRules.Digests.Form;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the field {@code evidence} of a stack: where proof made on the serving host is found, and whose counts. */
final class EvidenceFields {
    private static final String FIELD = "evidence";
    private static final String FROM = "from";
    private static final String KEYS = "keys";
    private static final String MAX_AGE = "max_age";
    private static final String SHA256SUMS = "sha256sums";
    private static final String MANIFEST = "manifest";
    private static final String OBJECT = "object";
    private static final String SIGNATURE = "signature";
    private static final SortedMap<String, Form> FORMS = new TreeMap<>(
            Map.of(SHA256SUMS, Form.SHA256SUMS, MANIFEST, Form.OCI, OBJECT, Form.OBJECT, SIGNATURE, Form.SIGNATURE));
    private static final Pattern URL = Pattern.compile("https?://[^/]+.*");
    /** The twelve bytes before each Ed25519 key in X.509 form (RFC 8410), and the key's 32. */
    private static final Pattern KEY = Pattern.compile("MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=");

    private final Fields stack;
    private final Path folder;
    private final Problems problems;

    private EvidenceFields(Fields stack, Path folder, Problems problems) {
        this.stack = stack;
        this.folder = folder;
        this.problems = problems;
    }

    static EvidenceRules read(Fields stack, Path folder, Problems problems) {
        return stack.has(FIELD) ? new EvidenceFields(stack, folder, problems).read() : EvidenceRules.none();
    }

    private EvidenceRules read() {
        Fields fields = Fields.of(stack.mapping(FIELD), FIELD, problems);
        EvidenceRules rules = new EvidenceRules(from(fields), maxAge(fields), keys(fields), digests(fields));
        if (!rules.from().isEmpty() && rules.keys().isEmpty()) {
            fields.problem(
                    FROM,
                    "'from' needs 'keys', for evidence counts by its signature; make one with `lockstep attest keygen`");
        }
        fields.rejectUnknown();
        return rules;
    }

    private List<String> from(Fields fields) {
        boolean areSeveral = fields.node(FROM)
                .filter(node -> node instanceof DocumentNode.Sequence)
                .isPresent();
        List<String> named =
                areSeveral ? fields.texts(FROM) : fields.text(FROM).stream().toList();
        return named.stream().map(this::location).toList();
    }

    private String location(String text) {
        return URL.matcher(text).matches()
                ? text
                : folder.resolve(text).normalize().toString();
    }

    private static Duration maxAge(Fields fields) {
        Optional<String> text = fields.text(MAX_AGE);
        Optional<Duration> age = text.flatMap(TimeSpan::of);
        if (text.isPresent() && age.isEmpty()) {
            fields.problem(MAX_AGE, "'max_age' is '" + text.get() + "'; expected such as 90s, 15m, 24h or 7d");
        }
        return age.orElse(EvidenceRules.SHIPPED_MAX_AGE);
    }

    private static List<String> keys(Fields fields) {
        List<String> keys = fields.texts(KEYS);
        keys.stream()
                .filter(key -> !KEY.matcher(key).matches())
                .forEach(key -> fields.problem(
                        KEYS,
                        "'" + key
                                + "' is no Ed25519 public key; expected the line between BEGIN and END PUBLIC KEY of its"
                                + " PEM file, MCowBQYDK2VwAyEA…"));
        return keys.stream().filter(key -> KEY.matcher(key).matches()).toList();
    }

    private List<EvidenceRules.Digests> digests(Fields fields) {
        List<EvidenceRules.Digests> digests = new ArrayList<>();
        for (DocumentNode node : fields.items("digests")) {
            digests.add(entry(Fields.of(node, "an entry of evidence.digests", problems)));
        }
        return digests;
    }

    private EvidenceRules.Digests entry(Fields entry) {
        List<String> forms = FORMS.keySet().stream().filter(entry::has).toList();
        if (forms.size() != 1) {
            entry.problem(
                    SHA256SUMS,
                    "needs one of sha256sums, manifest, object, signature: the file that holds the digests");
        }
        String form = forms.isEmpty() ? SHA256SUMS : forms.getFirst();
        EvidenceRules.Digests digests = new EvidenceRules.Digests(
                FORMS.getOrDefault(form, Form.SHA256SUMS),
                folder.resolve(entry.text(form, "")).normalize(),
                entry.requiredText("source", "say who made the digests, such as 'release pipeline'"),
                entry.text("role", "model"),
                form.equals(OBJECT)
                        ? entry.requiredText("path", "name the model file that the object holds")
                        : entry.text("path", ""),
                reference(form, entry));
        entry.rejectUnknown();
        return digests;
    }

    /** Returns what makes a list trusted that does not come from the stack's own folder. */
    private String reference(String form, Fields entry) {
        return switch (form) {
            case MANIFEST -> reference(entry);
            case SIGNATURE -> {
                String key = entry.requiredText("key", "name the PEM file of the signer's public key");
                yield folder.resolve(key).normalize().toString();
            }
            default -> "";
        };
    }

    private static String reference(Fields entry) {
        String remedy = "write the artifact with its digest: registry/name@sha256:…";
        String text = entry.requiredText("reference", remedy);
        boolean hasDigest =
                ImageReference.of(text).flatMap(ImageReference::digest).isPresent();
        if (!text.isEmpty() && !hasDigest) {
            entry.problem("reference", "'reference' is '" + text + "'; " + remedy);
        }
        return text;
    }
}
