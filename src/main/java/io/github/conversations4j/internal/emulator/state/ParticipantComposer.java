package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.internal.emulator.state.StoredRole.Type;
import io.github.conversations4j.model.MessagingBinding;
import io.github.conversations4j.model.NotificationLevel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes participants out of drafts, with the rules that Twilio has for them. Confined to the lock of its service. */
final class ParticipantComposer {
    private static final String WHATSAPP = "whatsapp:";
    private static final String MESSENGER = "messenger:";

    private final ServiceState state;

    ParticipantComposer(ServiceState state) {
        this.state = state;
    }

    StoredParticipant compose(Room room, ParticipantDraft draft) {
        Limits limits = state.world.limits();
        Instant now = state.world.now();
        boolean chat = draft.identity != null && !draft.identity.isEmpty();
        if (chat && draft.address != null) {
            throw TwilioFault.invalid(50451, "Identity and MessagingBinding.Address must not be given together");
        }
        if (!chat && draft.address == null) {
            throw TwilioFault.invalid(50407, "Identity or MessagingBinding.Address must be given");
        }
        String identity = chat ? Rules.identity(draft.identity, limits.name()) : null;
        MessagingBinding binding = chat ? chatBinding(draft, limits) : channelBinding(draft, limits);
        requireNew(room, identity, binding);
        return new StoredParticipant(
                state.world.sids().next("MB"),
                room.sid(),
                identity,
                binding,
                Rules.attributes(draft.attributes, "Attributes", limits.attributes(), "{}"),
                role(draft.roleSid, defaultRole(room, identity)),
                null,
                null,
                NotificationLevel.DEFAULT,
                draft.dateCreated == null ? now : draft.dateCreated,
                draft.dateUpdated == null ? now : draft.dateUpdated);
    }

    StoredParticipant change(Room room, StoredParticipant before, ParticipantDraft draft) {
        Limits limits = state.world.limits();
        Instant now = state.world.now();
        String identity = identity(room, before, draft, limits);
        boolean readsOnly = draft.reading != null
                && draft.attributes == null
                && draft.roleSid == null
                && draft.identity == null
                && draft.proxyAddress == null
                && draft.projectedAddress == null;
        return before.with(edit -> {
            edit.identity = identity;
            edit.binding = binding(before, draft, limits);
            edit.attributes =
                    Rules.attributes(draft.attributes, "Attributes", limits.attributes(), before.attributes());
            edit.roleSid = role(draft.roleSid, before.roleSid());
            edit.dateCreated = draft.dateCreated == null ? before.dateCreated() : draft.dateCreated;
            edit.dateUpdated = draft.dateUpdated != null ? draft.dateUpdated : readsOnly ? before.dateUpdated() : now;
            read(edit, before, draft.reading, now);
        });
    }

    /** Moves the read horizon as told, forwards or backwards; only chat users have one. */
    static void read(StoredParticipant.Edit edit, StoredParticipant before, @Nullable Reading reading, Instant now) {
        if (reading == null) {
            return;
        }
        if (before.identity() == null) {
            throw TwilioFault.invalid(50421, "LastReadMessageIndex can be set for chat users only");
        }
        if (reading.index() != null && reading.index() < 0) {
            throw TwilioFault.invalid(50421, "LastReadMessageIndex must not be negative");
        }
        edit.lastReadIndex = reading.index();
        edit.lastReadAt = reading.index() == null ? null : reading.at() == null ? now : reading.at();
    }

    private @Nullable String identity(Room room, StoredParticipant before, ParticipantDraft draft, Limits limits) {
        if (draft.identity == null || draft.identity.equals(before.identity())) {
            return before.identity();
        }
        if (before.identity() == null) {
            throw TwilioFault.invalid(50444, "Identity cannot be given to a participant at a messaging channel");
        }
        String identity = Rules.identity(draft.identity, limits.name());
        requireNew(room, identity, null);
        return identity;
    }

    private static @Nullable MessagingBinding binding(StoredParticipant before, ParticipantDraft draft, Limits limits) {
        MessagingBinding old = before.binding();
        if (draft.proxyAddress == null && draft.projectedAddress == null) {
            return old;
        }
        String proxy = Rules.text(
                draft.proxyAddress,
                "MessagingBinding.ProxyAddress",
                50408,
                limits.name(),
                old == null ? null : old.proxyAddress());
        String projected = Rules.text(
                draft.projectedAddress,
                "MessagingBinding.ProjectedAddress",
                50434,
                limits.name(),
                old == null ? null : old.projectedAddress());
        if (before.identity() != null && proxy == null && projected == null) {
            return null;
        }
        return new MessagingBinding(
                old == null ? "sms" : old.type(), old == null ? null : old.address(), proxy, projected);
    }

    private static @Nullable MessagingBinding chatBinding(ParticipantDraft draft, Limits limits) {
        String projected =
                Rules.text(draft.projectedAddress, "MessagingBinding.ProjectedAddress", 50434, limits.name(), null);
        return projected == null ? null : new MessagingBinding("sms", null, null, projected);
    }

    private static MessagingBinding channelBinding(ParticipantDraft draft, Limits limits) {
        String address = Rules.text(draft.address, "MessagingBinding.Address", 50407, limits.name(), null);
        if (address == null) {
            throw TwilioFault.invalid(50411, "MessagingBinding.Address must not be empty");
        }
        String proxy = Rules.text(draft.proxyAddress, "MessagingBinding.ProxyAddress", 50408, limits.name(), null);
        if (address.equals(proxy)) {
            throw TwilioFault.invalid(50409, "MessagingBinding.Address and ProxyAddress must not be the same");
        }
        String type = type(address);
        if (proxy != null && !type(proxy).equals(type)) {
            throw TwilioFault.invalid(
                    type.equals("whatsapp") ? 50415 : 50414,
                    "MessagingBinding.ProxyAddress must be of the same channel as Address");
        }
        return new MessagingBinding(type, address, proxy, null);
    }

    private static String type(String address) {
        if (address.startsWith(WHATSAPP)) {
            return "whatsapp";
        }
        if (address.startsWith(MESSENGER)) {
            return "messenger";
        }
        return address.indexOf('@') > 0 ? "email" : "sms";
    }

    private void requireNew(Room room, @Nullable String identity, @Nullable MessagingBinding binding) {
        if (room.chatParticipant(identity) != null) {
            throw TwilioFault.conflict(50433, "Participant already exists");
        }
        if (identity != null || binding == null || binding.address() == null) {
            return;
        }
        requireFree(room, room.participants.all(), binding);
        for (Memberships.Place place : state.addresses.shelf(binding.address()).all()) {
            Room other = state.room(place.conversationSid());
            if (!other.closed()) {
                requireFree(other, List.of(other.participant(place.participantSid())), binding);
            }
        }
    }

    private static void requireFree(Room room, List<StoredParticipant> holders, MessagingBinding binding) {
        if (holders.stream().anyMatch(holder -> binding.equals(holder.binding()))) {
            throw TwilioFault.conflict(
                    50416,
                    "A binding for this participant and proxy address already exists in Conversation " + room.sid());
        }
    }

    private String role(@Nullable String given, String otherwise) {
        if (given == null) {
            return otherwise;
        }
        StoredRole role = state.roles.find(given);
        if (role == null || role.type() != Type.CONVERSATION) {
            throw TwilioFault.invalid(50109, "RoleSid " + given + " is no conversation role of this service");
        }
        return given;
    }

    private String defaultRole(Room room, @Nullable String identity) {
        boolean creator = identity != null && identity.equals(room.conversation.createdBy());
        return creator ? state.settings.creatorRoleSid() : state.settings.conversationRoleSid();
    }
}
