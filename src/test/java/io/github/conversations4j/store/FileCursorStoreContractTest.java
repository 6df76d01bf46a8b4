package io.github.conversations4j.store;

import io.github.conversations4j.store.FileCursorStore.Settings;
import io.github.conversations4j.testing.CursorStoreContract;
import io.github.conversations4j.testing.CursorStoreRaces;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class FileCursorStoreContractTest {
    @Nested
    class OnTheDisk extends CursorStoreContract {
        @TempDir
        private Path directory;

        @Override
        protected CursorStore open() {
            return FileCursorStore.open(directory);
        }

        @Override
        protected boolean survivesClosing() {
            return true;
        }
    }

    @Nested
    class Races extends CursorStoreRaces {
        @TempDir
        private Path directory;

        @Override
        protected CursorStore open() {
            return FileCursorStore.open(directory);
        }

        @Override
        protected CursorStore openForRival(CursorStore first) {
            return first;
        }
    }

    /** The log is written anew every few records. */
    @Nested
    class RacesAroundCompaction extends CursorStoreRaces {
        @TempDir
        private Path directory;

        @Override
        protected CursorStore open() {
            return FileCursorStore.open(directory, new Settings(Durability.SYSTEM, true, 300));
        }

        @Override
        protected CursorStore openForRival(CursorStore first) {
            return first;
        }

        @Override
        protected long seed() {
            return 2;
        }
    }
}
