package io.github.conversations4j.internal.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How the emulator grows. One test fills a small account and looks whether everything is there; the long one fills 10 000
 * conversations with 20 messages each, in ten steps, and prints memory and times of each. The times nobody asserts, because
 * they are the machine's; what a page looks at is counted by the test of shelves.
 */
class RestScaleTest {
    private static final int ALL = 10_000;
    private static final int STEPS = 10;
    private static final int MESSAGES = 20;
    private static final int CALLS = 200;

    private final RestBench rest = new RestBench();
    private int conversations;

    @Test
    void everythingIsThere() {
        fill(30, 3);
        assertThat(rest.get("/v1/Conversations?PageSize=100").json().get("conversations"))
                .hasSize(30);
        JsonNode messages = rest.get("/v1/Conversations/c29/Messages").json().get("messages");
        assertThat(messages).hasSize(3);
        assertThat(messages.get(2).get("body").textValue()).isEqualTo("message 2 of conversation 29");
    }

    @Test
    @EnabledIfSystemProperty(named = "conversations4j.long", matches = "true")
    void memoryGrowsLinearly() {
        // The first calls are slow on every JVM and say nothing about growth.
        new RestScaleTest().fill(500, MESSAGES);
        double empty = usedMegabytes();
        double[] used = new double[STEPS];
        System.out.println("conversations  messages  heap MB  write µs  list conversations µs  list messages µs");
        for (int step = 0; step < STEPS; step++) {
            long start = System.nanoTime();
            fill(ALL / STEPS, MESSAGES);
            double write = micros(start) / (ALL / STEPS * (MESSAGES + 1.0));
            used[step] = usedMegabytes() - empty;
            System.out.printf(
                    Locale.ROOT,
                    "%13d %9d %8.1f %9.1f %22.1f %17.1f%n",
                    conversations,
                    conversations * MESSAGES,
                    used[step],
                    write,
                    each("/v1/Conversations?PageSize=100"),
                    each("/v1/Conversations/c0/Messages?PageSize=100&Order=desc"));
        }
        assertThat(used[STEPS - 1] / STEPS).as("MB a step").isLessThan(1.25 * used[1] / 2);
    }

    private void fill(int more, int messages) {
        for (int number = 0; number < more; number++, conversations++) {
            String name = "c" + conversations;
            rest.post("/v1/Conversations", "UniqueName", name);
            for (int message = 0; message < messages; message++) {
                String text = "message " + message + " of conversation " + conversations;
                rest.post("/v1/Conversations/" + name + "/Messages", "Body", text);
            }
        }
    }

    private double each(String path) {
        long start = System.nanoTime();
        for (int call = 0; call < CALLS; call++) {
            assertThat(rest.get(path).status()).isEqualTo(200);
        }
        return micros(start) / CALLS;
    }

    private static double micros(long start) {
        return (System.nanoTime() - start) / 1000.0;
    }

    private static double usedMegabytes() {
        Runtime runtime = Runtime.getRuntime();
        for (int round = 0; round < 3; round++) {
            System.gc();
        }
        return (runtime.totalMemory() - runtime.freeMemory()) / 1024.0 / 1024.0;
    }
}
