package io.github.conversations4j.internal.emulator.realtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.realtime.SyncShapes.Last;
import io.github.conversations4j.internal.emulator.realtime.SyncShapes.UserItem;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.Membership;
import io.github.conversations4j.internal.emulator.state.PageAt;
import io.github.conversations4j.internal.emulator.state.ShelfPage;
import io.github.conversations4j.internal.emulator.state.StoredConversation;
import io.github.conversations4j.internal.emulator.state.StoredMessage;
import io.github.conversations4j.internal.emulator.state.StoredParticipant;
import io.github.conversations4j.internal.emulator.state.StoredUser;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.internal.wire.IsoInstant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Sync objects out of the state, as somebody who may see them. Thread-safe.
 *
 * <p>A conversation is seen by those who are in it and by whoever made it, its messages and participants only by those who
 * are in it, users by everybody. What is not seen is not found.
 */
final class SyncReader {
    static final String HOST = "https://cds.us1.twilio.com";
    private static final int NOT_FOUND = 54_100;
    private static final int MAX_PAGE = 100;

    private final ChatService service;
    private final SyncFeed feed;
    private final String identity;

    SyncReader(ChatService service, SyncFeed feed, String identity) {
        this.service = service;
        this.feed = feed;
        this.identity = identity;
    }

    /** Where the last message of a conversation stands; null if it has none. */
    static @Nullable Last last(ChatService service, String conversationSid) {
        StoredMessage last = service.messages().last(conversationSid);
        return last == null ? null : new Last(last.index(), last.dateCreated());
    }

    static String itemUrl(SyncObject object, String key) {
        return url(object) + "/Items/" + key;
    }

    private static String url(SyncObject object) {
        String kind = object.kind().word();
        return HOST + "/v3/" + Character.toUpperCase(kind.charAt(0)) + kind.substring(1) + "s/" + object.sid();
    }

    /** The object itself; maps with their items if wanted. */
    ObjectNode read(SyncObject object, boolean withItems) {
        ObjectNode json = service.atOnce(() -> {
            requireSeen(object);
            long id = feed.lastId(object);
            ObjectNode now = SyncShapes.object();
            if (object.kind() == SyncObject.Kind.DOCUMENT) {
                now.set(
                        "data",
                        SyncShapes.conversation(
                                service.conversations().get(object.owner()), last(service, object.owner())));
            } else if (withItems) {
                ArrayNode items = now.putArray("items");
                mapItems(object).forEach(item -> items.add(item(object, item, id)));
            }
            return now.put("last_event_id", id).put("revision", SyncShapes.revision(id));
        });
        json.put("sid", object.sid())
                .put("unique_name", object.name())
                .put("url", url(object))
                .putNull("date_expires");
        if (object.kind() != SyncObject.Kind.DOCUMENT) {
            json.putObject("links").put("items", url(object) + "/Items");
        }
        return json;
    }

    /** One page of items, or one item. */
    ObjectNode items(SyncObject object, Map<String, String> query) {
        return service.atOnce(() -> {
            requireSeen(object);
            long id = feed.lastId(object);
            Items read = object.kind() == SyncObject.Kind.LIST ? listItems(object, query) : mapItems(object, query);
            ObjectNode json = SyncShapes.object();
            ArrayNode items = json.putArray("items");
            read.items().forEach(item -> items.add(item(object, item, id)));
            json.putObject("meta")
                    .put("previous_token", read.before() ? "before" : null)
                    .put("next_token", read.after() ? "after" : null);
            return json;
        });
    }

    private record Item(String key, ObjectNode data, Instant created, Instant updated) {}

    private record Items(List<Item> items, boolean before, boolean after) {}

    private static ObjectNode item(SyncObject object, Item item, long id) {
        ObjectNode json = SyncShapes.object();
        if (object.kind() == SyncObject.Kind.LIST) {
            json.put("index", Long.parseLong(item.key())).put("list_sid", object.sid());
        } else {
            json.put("key", item.key()).put("map_sid", object.sid());
        }
        json.put("url", itemUrl(object, item.key()))
                .put("revision", SyncShapes.revision(id))
                .put("last_event_id", id)
                .put("date_created", IsoInstant.text(item.created()))
                .put("date_updated", IsoInstant.text(item.updated()))
                .putNull("date_expires");
        json.set("data", item.data());
        return json;
    }

    private Items listItems(SyncObject object, Map<String, String> query) {
        boolean descending = "desc".equals(query.get("Order"));
        int size = size(query);
        Long from = number(query.get("From"));
        String one = query.get("Index");
        if (one != null) {
            from = number(one);
            size = 1;
        }
        PageAt first = new PageAt(size, descending, null);
        PageAt at = from == null ? first : first.at(new PageAt.Cursor(descending ? from + 1 : from - 1, false));
        ShelfPage<StoredMessage> page = service.messages().list(object.owner(), at);
        List<Item> items = page.items().stream()
                .filter(message -> one == null || one.equals(Long.toString(message.index())))
                .map(message -> new Item(
                        Long.toString(message.index()),
                        SyncShapes.message(message),
                        message.dateCreated(),
                        message.dateUpdated()))
                .toList();
        return new Items(items, page.previous() != null, page.next() != null);
    }

    private Items mapItems(SyncObject object, Map<String, String> query) {
        List<Item> all = mapItems(object);
        String key = query.get("Key");
        if (key != null) {
            return new Items(all.stream().filter(item -> item.key().equals(key)).toList(), false, false);
        }
        boolean descending = "desc".equals(query.get("Order"));
        Comparator<Item> order = Comparator.comparing(Item::key);
        List<Item> sorted = new ArrayList<>(all);
        sorted.sort(descending ? order.reversed() : order);
        String from = query.get("From");
        int start = 0;
        while (from != null && start < sorted.size() && before(sorted.get(start).key(), from, descending)) {
            start++;
        }
        int end = Math.min(sorted.size(), start + size(query));
        return new Items(sorted.subList(start, end), start > 0, end < sorted.size());
    }

    private static boolean before(String key, String from, boolean descending) {
        int compared = key.compareTo(from);
        return descending ? compared > 0 : compared < 0;
    }

    private List<Item> mapItems(SyncObject object) {
        return switch (object.content()) {
            case ROSTER ->
                service.participants().all(object.owner()).stream()
                        .map(this::rosterItem)
                        .toList();
            case CHANNELS ->
                memberships(object.owner()).stream()
                        .map(membership -> ownItem(membership.participant()))
                        .toList();
            default -> userItems(service.users().get(object.owner()));
        };
    }

    private Item rosterItem(StoredParticipant participant) {
        StoredUser user =
                participant.identity() == null ? null : service.users().find(participant.identity());
        return new Item(
                participant.sid(),
                SyncShapes.participant(participant, user),
                participant.dateCreated(),
                participant.dateUpdated());
    }

    private static Item ownItem(StoredParticipant participant) {
        return new Item(
                participant.conversationSid(),
                SyncShapes.membership(participant),
                participant.dateCreated(),
                participant.dateUpdated());
    }

    private List<Item> userItems(StoredUser user) {
        List<Item> items = new ArrayList<>();
        for (UserItem item : UserItem.values()) {
            if (item != UserItem.REACHABILITY
                    || service.configuration().settings().reachability()) {
                items.add(new Item(item.key(), item.data(user), user.dateCreated(), user.dateUpdated()));
            }
        }
        return items;
    }

    private List<Membership> memberships(String whose) {
        if (service.users().find(whose) == null) {
            return List.of();
        }
        List<Membership> all = new ArrayList<>();
        PageAt at = PageAt.first(1_000);
        while (true) {
            ShelfPage<Membership> page = service.users().memberships(whose, at);
            all.addAll(page.items());
            if (page.next() == null) {
                return all;
            }
            at = at.at(page.next());
        }
    }

    /** Throws unless somebody may see an object. Called under the lock of the service. */
    void requireSeen(SyncObject object) {
        boolean seen = switch (object.content()) {
            case INFO -> true;
            case CHANNELS -> object.owner().equals(identity);
            case CHANNEL -> {
                // Its maker has not joined yet when the official client reads it.
                StoredConversation conversation = service.conversations().find(object.owner());
                yield conversation != null && sees(service, conversation, identity);
            }
            case MESSAGES, ROSTER ->
                service.conversations().find(object.owner()) != null
                        && service.participants().find(object.owner(), identity) != null;
        };
        if (!seen) {
            throw new TwilioFault(404, NOT_FOUND, object.kind().word() + " " + object.name() + " was not found");
        }
    }

    static boolean sees(ChatService service, StoredConversation conversation, String identity) {
        return identity.equals(conversation.createdBy())
                || service.participants().find(conversation.sid(), identity) != null;
    }

    private static int size(Map<String, String> query) {
        Long wanted = number(query.get("PageSize"));
        return wanted == null || wanted < 1 ? 50 : (int) Math.min(wanted, MAX_PAGE);
    }

    private static @Nullable Long number(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw TwilioFault.invalid(20_001, "not a number: " + text);
        }
    }
}
