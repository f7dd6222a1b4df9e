package com.example.shop;

import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectDirectories;
import org.junit.platform.suite.api.Suite;

/** What a user writes to have a suite as tests; named so that Surefire leaves it to {@link MarkerClassTest}. */
@Suite
@IncludeEngines("lockstep")
@SelectDirectories("src/test/suites")
class ShopEvals {}
