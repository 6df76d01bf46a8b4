package io.github.conversations4j.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.tests.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is decided under a lock and told outside of it. */
class AnnouncementsTest {
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void isToldByTheThreadThatIsAtItAlready() {
        CountDownLatch telling = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<Thread> tellers = new CopyOnWriteArrayList<>();
        Announcements<String> news = new Announcements<>(what -> {
            told.add(what);
            tellers.add(Thread.currentThread());
            if (what.equals("up")) {
                telling.countDown();
                Patience.await(release);
            }
        });
        news.add("up");
        Thread first = new Thread(news::tell);
        first.start();
        Patience.await(telling);
        news.add("down");
        news.tell();
        assertThat(told).as("in order, and nobody waits").containsExactly("up");
        release.countDown();
        Patience.join(first);
        assertThat(told).containsExactly("up", "down");
        assertThat(tellers).containsOnly(first);
    }

    @Test
    void isToldNextIfTheListenerBringsItAbout() {
        List<Announcements<String>> itself = new ArrayList<>();
        Announcements<String> news = new Announcements<>(what -> {
            if (what.equals("up")) {
                itself.get(0).add("down");
                itself.get(0).tell();
            }
            told.add(what);
        });
        itself.add(news);
        news.add("up");
        news.tell();
        assertThat(told).containsExactly("up", "down");
        news.tell();
        assertThat(told).hasSize(2);
    }
}
