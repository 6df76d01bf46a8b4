package io.github.conversations4j.store;

import java.io.IOException;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the last good state of a directory and leaves a log there that can be written on. Immutable.
 *
 * @param directory where
 */
record LogRecovery(StoreDirectory directory) {
    private static final Logger log = LoggerFactory.getLogger(LogRecovery.class);

    CursorTable run() throws IOException {
        Files.deleteIfExists(directory.nextLog());
        if (!Files.exists(directory.log())) {
            directory.writeNextLog(new CursorTable());
            directory.replaceLog();
        }
        LogContent content = LogContent.read(directory.log());
        directory.createFile(directory.log());
        if (!content.isWhole()) {
            tell(content);
            repair(content);
        }
        return content.table();
    }

    private void tell(LogContent content) throws IOException {
        int lost = content.allBytes() - content.goodBytes();
        if (content.isDamaged()) {
            log.error(
                    "cursor store {}: {} bytes from byte {} on are damaged; the state before them is used, so events may"
                            + " be delivered again. The damaged file is kept as {}",
                    directory.path(),
                    lost,
                    content.goodBytes(),
                    directory.setDamagedLogAside());
        } else {
            log.warn(
                    "cursor store {}: {} bytes at the end are no whole record, as a process leaves them that dies while it"
                            + " writes; the state before them is used",
                    directory.path(),
                    lost);
        }
    }

    private void repair(LogContent content) throws IOException {
        if (content.goodBytes() == 0) {
            directory.writeNextLog(content.table());
            directory.replaceLog();
        } else {
            CursorLog.truncate(directory.log(), content.goodBytes());
        }
    }
}
