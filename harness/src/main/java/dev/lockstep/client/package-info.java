/** The way to an endpoint: requests, authentication, limits, retries, and answers as they were received. */
@NullMarked
package dev.lockstep.client;

import org.jspecify.annotations.NullMarked;
