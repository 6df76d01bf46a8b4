package io.github.conversations4j.internal.wire;

import java.util.regex.Pattern;

/** Tells this machine from others: secrets travel unencrypted only to itself. Stateless. */
public final class Loopback {
    private static final Pattern HOSTS = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1");

    private Loopback() {}

    /**
     * Whether a host is this machine, by its name alone; nothing is looked up.
     *
     * @param host a host name in lower case, or an address without brackets
     * @return whether it is
     */
    public static boolean isHost(String host) {
        return HOSTS.matcher(host).matches();
    }
}
