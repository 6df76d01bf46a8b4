package io.github.conversations4j.internal.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
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

    /** Names and values back to back: name, value, name, value; then room to read eight bytes from any of them. */
    private byte[] text = new byte[Long.BYTES];

    private long[] namePrefixes = new long[INITIAL_PARAMETERS];
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
     * Gives the value of one parameter as a date.
     *
     * @param index its position, from 0
     * @return the moment; null if the value is no ISO 8601 date with time and offset
     */
    public @Nullable Instant instant(int index) {
        return IsoInstant.parse(text, valueStarts[index], valueEnds[index]);
    }

    /**
     * Finds the first parameter of a name.
     *
     * @param name the name
     * @return its position, or -1
     */
    public int indexOf(FormName name) {
        return indexOf(name, 0);
    }

    private int indexOf(FormName name, int from) {
        long prefix = name.prefix();
        for (int index = from; index < size; index++) {
            if (namePrefixes[index] == prefix && name.is(text, nameStart(index), valueStarts[index])) {
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
        int index = indexOf(FormName.of(name));
        return index < 0 ? null : value(index);
    }

    /**
     * Gives the values of all parameters of a name.
     *
     * @param name the decoded name
     * @return the values in the order sent; a new list, empty if there is no such parameter
     */
    public List<String> all(String name) {
        FormName wanted = FormName.of(name);
        List<String> values = new ArrayList<>(2);
        for (int index = indexOf(wanted); index >= 0; index = indexOf(wanted, index + 1)) {
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
     * @param expected what it should be, in UTF-8
     * @return whether it is
     */
    public boolean isValue(int index, byte[] expected) {
        return Arrays.equals(text, valueStarts[index], valueEnds[index], expected, 0, expected.length);
    }

    /** Forgets everything and makes room for a text of that many bytes; what one huge form needed is not kept. */
    void clear(int bytes) {
        int capacity = bytes + Long.BYTES;
        if (text.length < capacity || text.length > Math.max(KEPT_BYTES, capacity)) {
            text = new byte[capacity];
        }
        if (valueEnds.length > KEPT_PARAMETERS) {
            resize(INITIAL_PARAMETERS);
        }
        size = 0;
    }

    /** Adds the parameter whose name begins where the last value ended. */
    void add(int valueStart, int valueEnd) {
        if (size == valueEnds.length) {
            resize(2 * size);
        }
        namePrefixes[size] = FormName.prefix(text, end(), valueStart);
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

    /** The first eight bytes of a name as a number; see {@link FormName}. */
    long namePrefix(int index) {
        return namePrefixes[index];
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

    private void resize(int parameters) {
        namePrefixes = Arrays.copyOf(namePrefixes, parameters);
        valueStarts = Arrays.copyOf(valueStarts, parameters);
        valueEnds = Arrays.copyOf(valueEnds, parameters);
    }
}
