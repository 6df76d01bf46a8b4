package io.github.conversations4j.internal.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** IP addresses that begin with the same bits, such as {@code 10.0.0.0/8}. Never asks a name server. Immutable. */
public final class AddressRange {
    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /**
     * Reads a range.
     *
     * @param text an IP address, alone or with a slash and the number of leading bits that count
     * @return the range
     * @throws IllegalArgumentException if it is neither
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] network = bytes(slash < 0 ? text : text.substring(0, slash));
        int bits = -1;
        if (network != null) {
            bits = slash < 0 ? 8 * network.length : number(text.substring(slash + 1));
        }
        if (network == null || bits < 0 || bits > 8 * network.length) {
            throw new IllegalArgumentException(
                    "Not an IP address or a range such as 10.0.0.0/8 or fd00::/8: '" + text + "'");
        }
        return new AddressRange(network, bits);
    }

    /**
     * Says whether an address lies in this range. An IPv4 address written as IPv6 counts as IPv4.
     *
     * @param address an IP address; a zone such as {@code %eth0} is ignored
     * @return whether it does; false for what is no address
     */
    public boolean contains(String address) {
        byte[] candidate = bytes(address);
        if (candidate == null || candidate.length != network.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (candidate[i] != network[i]) {
                return false;
            }
        }
        int rest = 8 - bits % 8;
        return rest == 8 || (candidate[whole] & 0xFF) >> rest == (network[whole] & 0xFF) >> rest;
    }

    private static byte @Nullable [] bytes(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        if (!isLiteral(address)) {
            return null;
        }
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Whether the JDK reads it as an address without looking it up as a name. */
    private static boolean isLiteral(String address) {
        boolean colon = address.indexOf(':') >= 0;
        int dots = 0;
        for (int i = 0; i < address.length(); i++) {
            char next = address.charAt(i);
            dots += next == '.' ? 1 : 0;
            boolean digit = next >= '0' && next <= '9' || colon && Character.digit(next, 16) >= 0 && next < 0x80;
            if (!digit && next != '.' && next != ':') {
                return false;
            }
        }
        return colon || dots == 3;
    }

    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : -1;
    }
}
