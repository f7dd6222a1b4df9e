package dev.lockstep.junit;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.discovery.DiscoveryIssueReporter;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;

/** From selectors to the tree of suites and cases, by one path: directory, file, suite, case. */
final class Discovery {
    private static final Comparator<EvalNode> FILE_ORDER = Comparator.comparingInt(EvalNode::order);

    private Discovery() {}

    /** Adds what is selected below the engine; mistakes in files become issues, never exceptions. */
    static void run(EngineDiscoveryRequest request, EngineDescriptor engine) {
        DiscoveryIssueReporter issues =
                DiscoveryIssueReporter.forwarding(request.getDiscoveryListener(), engine.getUniqueId());
        SuiteIssues suiteIssues = new SuiteIssues(issues);
        SuiteCatalog suites = new SuiteCatalog(suiteIssues);
        Path root = Path.of(
                request.getConfigurationParameters().get(Settings.SUITES).orElse("."));
        EngineDiscoveryRequestResolver.<EngineDescriptor>builder()
                .addSelectorResolver(new FileResolver(suites))
                .addSelectorResolver(new UniqueIdResolver(suiteIssues, root, engine.getUniqueId()))
                .addSelectorResolver(new NodeResolver(suites))
                .addTestDescriptorVisitor(context -> Discovery::order)
                .build()
                .resolve(request, engine, issues);
    }

    private static void order(TestDescriptor descriptor) {
        descriptor.orderChildren(children -> sorted(children));
    }

    private static List<TestDescriptor> sorted(List<TestDescriptor> children) {
        return children.stream()
                .sorted(Comparator.comparing(EvalNode.class::cast, FILE_ORDER))
                .toList();
    }
}
