package io.github.conversations4j.internal.api;

/** Is told how far an upload has come, on the thread that sends; must return at once. */
@FunctionalInterface
public interface UploadListener {
    /**
     * Some more was handed to the network. After a repeat it begins again.
     *
     * @param sent how many bytes so far
     * @param total how many there are; -1 if that is not known
     */
    void sent(long sent, long total);
}
