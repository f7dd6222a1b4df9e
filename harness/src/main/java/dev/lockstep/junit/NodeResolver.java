package dev.lockstep.junit;

import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.Suite;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.discovery.SelectorResolver;

/** Makes the nodes of the tree; a node that is there already is found again. */
record NodeResolver(SuiteCatalog suites) implements SelectorResolver {

    @Override
    public Resolution resolve(DiscoverySelector selector, Context context) {
        return selector instanceof EvalSelector ours
                ? suites.suite(ours.file())
                        .map(suite -> resolve(suite, ours, context))
                        .orElseGet(Resolution::unresolved)
                : Resolution.unresolved();
    }

    private static Resolution resolve(Suite suite, EvalSelector selector, Context context) {
        return switch (selector) {
            case EvalSelector.OfSuite whole -> suite(suite, whole, context);
            case EvalSelector.OfCases cases -> cases(suite, cases, context);
            case EvalSelector.OfCase one -> evalCase(suite, one, context);
            case EvalSelector.OfVerdict verdict -> verdict(suite, verdict, context);
        };
    }

    private static Resolution suite(Suite suite, EvalSelector.OfSuite selector, Context context) {
        Set<EvalSelector> parts = new LinkedHashSet<>(
                List.of(new EvalSelector.OfCases(selector.file()), new EvalSelector.OfVerdict(selector.file())));
        return container(context.addToParent(parent -> Optional.of(SuiteDescriptor.below(parent, suite))), parts);
    }

    private static Resolution cases(Suite suite, EvalSelector.OfCases selector, Context context) {
        Set<EvalSelector> cases = suite.cases().stream()
                .map(evalCase -> new EvalSelector.OfCase(selector.file(), evalCase.id()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return container(
                context.addToParent(
                        () -> new EvalSelector.OfSuite(selector.file()),
                        parent -> Optional.of(CasesDescriptor.below(parent, suite))),
                cases);
    }

    private static Resolution evalCase(Suite suite, EvalSelector.OfCase selector, Context context) {
        Optional<EvalCase> found = suite.cases().stream()
                .filter(evalCase -> evalCase.id().equals(selector.caseId()))
                .findFirst();
        return leaf(found.flatMap(evalCase -> context.addToParent(
                () -> new EvalSelector.OfCases(selector.file()),
                parent -> Optional.of(CaseDescriptor.below(parent, suite, evalCase)))));
    }

    private static Resolution verdict(Suite suite, EvalSelector.OfVerdict selector, Context context) {
        return leaf(context.addToParent(
                () -> new EvalSelector.OfSuite(selector.file()),
                parent -> Optional.of(VerdictDescriptor.below(parent, suite))));
    }

    private static Resolution container(
            Optional<? extends TestDescriptor> node, Set<? extends DiscoverySelector> children) {
        return node.map(made -> Resolution.match(Match.exact(made, () -> children)))
                .orElseGet(Resolution::unresolved);
    }

    private static Resolution leaf(Optional<? extends TestDescriptor> node) {
        return node.map(made -> Resolution.match(Match.exact(made))).orElseGet(Resolution::unresolved);
    }
}
