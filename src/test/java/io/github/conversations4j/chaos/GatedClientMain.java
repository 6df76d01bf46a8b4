package io.github.conversations4j.chaos;

import io.github.conversations4j.ClientOptions;
import io.github.conversations4j.ConversationsClient;
import io.github.conversations4j.Credentials;
import io.github.conversations4j.DeliveryOptions;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.source.EventSources;
import io.github.conversations4j.store.CursorStore;
import io.github.conversations4j.store.FileCursorStore;
import io.github.conversations4j.store.MemoryCursorStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * A back end whose hooks say when they begin and end, and go on only when they are let. Made to be killed or flooded.
 *
 * <p>Arguments: the address of the emulator, and the directory of a cursor store or {@code -} for one in memory. Orders come
 * by the standard input: {@code a} lets one hook go on, {@code o} all from now on, {@code h} asks for the size of the heap,
 * its end ends the process.
 */
final class GatedClientMain {
    static final String SCOPE = "gated";
    private static final Semaphore GATE = new Semaphore(0);

    private GatedClientMain() {}

    public static void main(String[] args) throws IOException {
        CursorStore store = args[1].equals("-") ? new MemoryCursorStore() : FileCursorStore.open(Path.of(args[1]));
        ConversationsClient client = ConversationsClient.start(
                ClientOptions.backend(Credentials.fromEnvironment())
                        .baseUrl(args[0])
                        .source(EventSources.webhook("http://127.0.0.1:0/twilio")
                                .bindAddress("127.0.0.1")
                                .onListening(url -> System.out.println("listening " + url)))
                        .sweepEvery(Duration.ofSeconds(1))
                        .maxQueuedEvents(500)
                        .maxQueuedEventsPerConversation(100)
                        .delivery(DeliveryOptions.builder()
                                .cursors(store)
                                .cursorScope(SCOPE)
                                .lookBack(Duration.ofMinutes(1))
                                .build())
                        .build(),
                wired -> wired.onMessageAdded(GatedClientMain::hook));
        client.ready().await();
        System.out.println("ready");
        obey();
        // The input has ended: nobody is left to hear anything.
        Runtime.getRuntime().halt(0);
    }

    private static void hook(MessageAdded event) throws InterruptedException {
        String what = event.meta().id() + " " + event.message().sid() + " " + event.conversationSid() + " "
                + event.message().index();
        System.out.println("begun " + what);
        GATE.acquire();
        System.out.println("done " + what);
    }

    private static void obey() throws IOException {
        for (int order = System.in.read(); order >= 0; order = System.in.read()) {
            switch (order) {
                case 'a' -> GATE.release();
                case 'o' -> GATE.release(Integer.MAX_VALUE / 2);
                case 'h' -> System.out.println("heap " + heap());
                default -> throw new IllegalArgumentException("order " + order);
            }
        }
    }

    /** What is reachable. */
    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
