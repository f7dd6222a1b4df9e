package dev.lockstep.client;

/**
 * One failed attempt at a request.
 *
 * @param status the HTTP status; 0 when no answer came
 * @param error what went wrong, in one sentence
 */
public record Attempt(int status, String error) {}
