package io.github.conversations4j.internal.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the methods of the interface that a contract test is about. {@link Contract} holds the test to calling them, and
 * {@link ContractCoverageTest} holds the suite to naming all.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Covers {
    /** The names of the methods. */
    String[] value();
}
