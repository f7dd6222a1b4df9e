package dev.lockstep.junit;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestTag;

/** JUnit's tags of ours. */
final class TagSet {

    private TagSet() {}

    static Set<TestTag> of(Collection<String> tags) {
        return tags.stream().map(TestTag::create).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
