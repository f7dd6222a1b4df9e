package dev.lockstep.suites;

import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectDirectories;
import org.junit.platform.suite.api.Suite;

@Suite
@IncludeEngines("lockstep")
@SelectDirectories("tiny-samples")
final class TinySamplesIT {}
