package io.github.conversations4j.store;

import io.github.conversations4j.testing.CursorStoreContract;
import io.github.conversations4j.testing.CursorStoreRaces;
import org.junit.jupiter.api.Nested;

class MemoryCursorStoreTest {
    @Nested
    class Contract extends CursorStoreContract {
        @Override
        protected CursorStore open() {
            return new MemoryCursorStore();
        }

        @Override
        protected boolean survivesClosing() {
            return false;
        }
    }

    @Nested
    class Races extends CursorStoreRaces {
        @Override
        protected CursorStore open() {
            return new MemoryCursorStore();
        }

        @Override
        protected CursorStore openForRival(CursorStore first) {
            return first;
        }
    }
}
