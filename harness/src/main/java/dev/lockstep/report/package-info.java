/** What people and machines read of a verdict: JSON, HTML, Markdown, Allure results. */
@NullMarked
package dev.lockstep.report;

import org.jspecify.annotations.NullMarked;
