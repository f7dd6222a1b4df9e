package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.client.Answer;
import dev.lockstep.client.MessageShape;
import dev.lockstep.gate.Finding.Result;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Optional;

/** What the answers of a run show beside those of its baseline: lengths of prompts, tokens, messages and scores. */
final class AnswerSigns {
    private static final String TOKENS = "L1";

    private final BaselineRun then;
    private final Tonight tonight;
    private final List<Finding> findings;

    private AnswerSigns(Baseline baseline, Tonight tonight, List<Finding> findings) {
        this.then = baseline.first();
        this.tonight = tonight;
        this.findings = findings;
    }

    /** Adds to what a verification showed. */
    static Signs of(Baseline baseline, Tonight tonight, List<Finding> findings, Signs verified) {
        AnswerSigns answers = new AnswerSigns(baseline, tonight, findings);
        Signs signs = verified;
        for (SampleKey key : tonight.planned()) {
            signs = answers.compare(key, signs);
        }
        return answers.found(signs);
    }

    private Signs compare(SampleKey key, Signs signs) {
        String caseHash = tonight.caseHash(key);
        Optional<Answer> before = then.answer(key, caseHash);
        Optional<Answer> now = tonight.answer(key);
        if (before.isEmpty() || now.isEmpty()) {
            return signs;
        }
        Sample sample = tonight.sample(key).orElseThrow();
        Clue lengths = sample.hasMedia() ? Clue.MEDIA_TOKENS : Clue.PROMPT_TOKENS;
        return signs.with(lengths, length(before.get(), now.get()))
                .with(Clue.MESSAGE, message(then.sample(key, caseHash).orElseThrow(), sample));
    }

    private static Sign length(Answer before, Answer now) {
        int then = before.usage().promptTokens();
        int tonight = now.usage().promptTokens();
        if (then < 0 || tonight < 0) {
            return Sign.UNSEEN;
        }
        return then == tonight ? Sign.EQUAL : Sign.DIFFERENT;
    }

    /** Only where the tokens are known, and the same, can a message be told from what was generated. */
    private static Sign message(Sample before, Sample now) {
        Optional<MessageShape> then = MessageShape.of(before.exchange().body());
        Optional<MessageShape> tonight = MessageShape.of(now.exchange().body());
        if (then.isEmpty() || tonight.isEmpty() || !then.get().isOfSameTokens(tonight.get())) {
            return Sign.UNSEEN;
        }
        return then.equals(tonight) ? Sign.EQUAL : Sign.DIFFERENT;
    }

    private Signs found(Signs signs) {
        Signs all = signs;
        for (Finding finding : findings) {
            all = switch (finding.family()) {
                case TOKENS, "L2" -> all.with(Clue.LOGPROBS, tokens(finding));
                case "L3" -> all.with(Clue.DRAWS, sign(finding));
                default -> all.with(Clue.SCORES, sign(finding));
            };
        }
        return all;
    }

    /** Equal tokens say little of their log-probabilities, and other messages or lengths nothing of the tokens. */
    private static Sign tokens(Finding finding) {
        if (!finding.detector().equals(TOKENS)) {
            return sign(finding);
        }
        boolean isOfTokens = finding.result() == Result.CHANGED
                && finding.evidence().stream().anyMatch(AnswerSigns::isToken);
        return isOfTokens ? Sign.DIFFERENT : Sign.UNSEEN;
    }

    private static boolean isToken(Finding.Evidence evidence) {
        return evidence.what().startsWith("token") || evidence.what().equals("outcome");
    }

    private static Sign sign(Finding finding) {
        return switch (finding.result()) {
            case SAME -> Sign.EQUAL;
            case CHANGED -> Sign.DIFFERENT;
            case UNDECIDED -> Sign.UNSEEN;
        };
    }
}
