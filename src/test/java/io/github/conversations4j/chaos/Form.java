package io.github.conversations4j.chaos;

/** How large the tests here are: a few seconds each in every build, minutes and more with {@code mvn verify -Plong}. */
final class Form {
    private static final boolean LONG = Boolean.getBoolean("conversations4j.long");

    private Form() {}

    static int of(int small, int large) {
        return LONG ? large : small;
    }
}
