package io.github.conversations4j.internal.delivery;

import io.github.conversations4j.ErrorReport;
import io.github.conversations4j.event.ConversationAdded;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationUpdateReason;
import io.github.conversations4j.event.ConversationUpdated;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventMeta;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdateReason;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.internal.hooks.Dispatcher;
import io.github.conversations4j.internal.hooks.HookThreads;
import io.github.conversations4j.internal.hooks.QueueLimits;
import io.github.conversations4j.internal.time.Surroundings;
import io.github.conversations4j.model.ConversationSnapshot;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.source.Sink.Offer;
import io.github.conversations4j.testing.ManualTime;
import io.github.conversations4j.tests.SampleEvents;
import io.github.conversations4j.tests.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A delivery, the events that came out of it, and short words for events of two sources that go in. */
final class DeliveryFixture {
    static final String WEBHOOK = "webhook";
    static final String POLL = "poll";
    static final String REALTIME = "realtime";

    final List<ConversationsEvent> delivered = new ArrayList<>();
    /** What the error handler was told, if that is tolerated. */
    final List<ErrorReport> reports = new ArrayList<>();

    final ManualTime time;
    final SettableClock clock;
    private boolean toleratesReports;
    final Dispatcher dispatcher;
    final Delivery delivery;

    DeliveryFixture() {
        this(Runnable::run, QueueLimits.DEFAULT);
    }

    DeliveryFixture(Executor executor, QueueLimits limits) {
        this(executor, limits, new ManualTime(), null);
    }

    DeliveryFixture(Executor executor, QueueLimits limits, ManualTime time, @Nullable Cursors cursors) {
        this.time = time;
        clock = new SettableClock(time);
        Surroundings surroundings = new Surroundings(clock, time, new Random(1));
        dispatcher = new Dispatcher(new HookThreads(executor, surroundings), limits, List.of(), report -> {
            if (!toleratesReports) {
                throw new AssertionError(report.cause());
            }
            reports.add(report);
        });
        EventType.all().forEach(type -> dispatcher.register(type, null, delivered::add));
        delivery = new Delivery(dispatcher, OrderLimits.DEFAULT, surroundings, cursors);
    }

    void toleratesReports() {
        toleratesReports = true;
    }

    void recoverWith(Asker asker) {
        delivery.recoverWith(asker, new MessageReconciler(asker, delivery));
    }

    Offer offer(ConversationsEvent event) {
        return delivery.offer(event);
    }

    static EventMeta meta(String source) {
        return EventMeta.live("an id", SampleEvents.TIME, source);
    }

    static MessageAdded added(String source, Message message) {
        return new MessageAdded(meta(source), message);
    }

    static MessageUpdated updated(String source, Message message, MessageUpdateReason... reasons) {
        return new MessageUpdated(
                meta(source), message, reasons.length == 0 ? Set.of(MessageUpdateReason.UNKNOWN) : Set.of(reasons));
    }

    static MessageRemoved removed(String source, Message message) {
        return new MessageRemoved(meta(source), message);
    }

    static ConversationAdded added(String source, ConversationSnapshot conversation) {
        return new ConversationAdded(meta(source), conversation);
    }

    static ConversationUpdated updated(String source, ConversationSnapshot conversation) {
        return new ConversationUpdated(meta(source), conversation, Set.of(ConversationUpdateReason.UNKNOWN));
    }

    static ConversationRemoved removed(String source, ConversationSnapshot conversation) {
        return new ConversationRemoved(meta(source), conversation);
    }
}
