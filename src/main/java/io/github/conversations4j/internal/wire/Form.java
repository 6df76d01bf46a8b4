package io.github.conversations4j.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decoded form parameters in the order in which they were sent, repeated and empty ones included. Names and values stay
 * UTF-8 bytes until somebody asks, since most are only signed and never read.
 *
 * <p>Filled by {@link FormCodec}; may be filled again, which forgets what it held. Confined to one thread while it is
 * being filled, safe for any number of readers afterwards.
 */
public final class Form {
    private static final int INITIAL_PARAMETERS = 24;
    private static final int KEPT_BYTES = 16 * 1024;
    private static final int KEPT_PARAMETERS = 256;

    /** Names and values back to back: name, value, name, value. */
    private byte[] text = new byte[0];

    /** {@link String#hashCode()} of each name, so that a look-up compares numbers before it compares text. */
    private int[] nameHashes = new int[INITIAL_PARAMETERS];

    private int[] valueStarts = new int[INITIAL_PARAMETERS];
    private int[] valueEnds = new int[INITIAL_PARAMETERS];
    private int size;

    /** Makes an empty form. */
    public Form() {}

    /**
     * Gives the number of parameters.
     *
     * @return how many there are, each repetition counted
     */
    public int size() {
        return size;
    }

    /**
     * Gives the name of one parameter.
     *
     * @param index its position, from 0
     * @return the decoded name, may be empty
     */
    public String name(int index) {
        int start = nameStart(index);
        return new String(text, start, valueStarts[index] - start, StandardCharsets.UTF_8);
    }

    /**
     * Gives the value of one parameter.
     *
     * @param index its position, from 0
     * @return the decoded value, may be empty
     */
    public String value(int index) {
        int start = valueStarts[index];
        return new String(text, start, valueEnds[index] - start, StandardCharsets.UTF_8);
    }

    /**
     * Finds the first parameter of a name.
     *
     * @param name the decoded name
     * @return its position, or -1
     */
    public int indexOf(String name) {
        return indexOf(name, 0);
    }

    /**
     * Finds the next parameter of a name.
     *
     * @param name the decoded name
     * @param from the first position to look at
     * @return its position, or -1
     */
    public int indexOf(String name, int from) {
        int hash = name.hashCode();
        for (int index = from; index < size; index++) {
            if (nameHashes[index] == hash && equalsText(nameStart(index), valueStarts[index], name)) {
                return index;
            }
        }
        return -1;
    }

    /**
     * Gives the value of the first parameter of a name.
     *
     * @param name the decoded name
     * @return its value, may be empty, or null if there is no such parameter
     */
    public @Nullable String first(String name) {
        int index = indexOf(name);
        return index < 0 ? null : value(index);
    }

    /**
     * Gives the values of all parameters of a name.
     *
     * @param name the decoded name
     * @return the values in the order sent; a new list, empty if there is no such parameter
     */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        for (int index = indexOf(name); index >= 0; index = indexOf(name, index + 1)) {
            values.add(value(index));
        }
        return values;
    }

    /**
     * Says whether a value has no characters, without making a string of it.
     *
     * @param index the position of the parameter, from 0
     * @return whether the value is empty
     */
    public boolean isEmpty(int index) {
        return valueStarts[index] == valueEnds[index];
    }

    /**
     * Compares a value without making a string of it.
     *
     * @param index the position of the parameter, from 0
     * @param expected what it should be
     * @return whether it is
     */
    public boolean isValue(int index, String expected) {
        return equalsText(valueStarts[index], valueEnds[index], expected);
    }

    /** Forgets everything and makes room for a text of that many bytes; what one huge form needed is not kept. */
    void clear(int capacity) {
        if (text.length < capacity || text.length > Math.max(KEPT_BYTES, capacity)) {
            text = new byte[capacity];
        }
        if (nameHashes.length > KEPT_PARAMETERS) {
            resize(INITIAL_PARAMETERS);
        }
        size = 0;
    }

    /** Adds the parameter whose name begins where the last value ended. */
    void add(int valueStart, int valueEnd) {
        if (size == nameHashes.length) {
            resize(2 * size);
        }
        nameHashes[size] = hash(end(), valueStart);
        valueStarts[size] = valueStart;
        valueEnds[size] = valueEnd;
        size++;
    }

    /** Where the last value ends. */
    int end() {
        return nameStart(size);
    }

    byte[] text() {
        return text;
    }

    int nameStart(int index) {
        return index == 0 ? 0 : valueEnds[index - 1];
    }

    int valueStart(int index) {
        return valueStarts[index];
    }

    int valueEnd(int index) {
        return valueEnds[index];
    }

    private int hash(int start, int end) {
        int hash = 0;
        int seen = 0;
        for (int at = start; at < end; at++) {
            hash = 31 * hash + text[at];
            seen |= text[at];
        }
        return seen >= 0 ? hash : new String(text, start, end - start, StandardCharsets.UTF_8).hashCode();
    }

    private void resize(int parameters) {
        nameHashes = Arrays.copyOf(nameHashes, parameters);
        valueStarts = Arrays.copyOf(valueStarts, parameters);
        valueEnds = Arrays.copyOf(valueEnds, parameters);
    }

    private boolean equalsText(int start, int end, String expected) {
        if (end - start < expected.length()) {
            return false;
        }
        for (int at = 0; at < expected.length(); at++) {
            char wanted = expected.charAt(at);
            if (wanted >= 0x80) {
                return new String(text, start, end - start, StandardCharsets.UTF_8).equals(expected);
            }
            if (text[start + at] != wanted) {
                return false;
            }
        }
        return end - start == expected.length();
    }
}
