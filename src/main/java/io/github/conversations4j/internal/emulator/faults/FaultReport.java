package io.github.conversations4j.internal.emulator.faults;

/**
 * What a rule did so far. Immutable.
 *
 * @param description what it strikes, how often and how
 * @param met how often it met what it is meant for, and had not yet struck as often as it may
 * @param struck how often it struck
 */
public record FaultReport(String description, long met, long struck) {}
