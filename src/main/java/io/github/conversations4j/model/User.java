package io.github.conversations4j.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A chat user of a service, in whichever conversations. Immutable.
 *
 * <p>See <a href="https://www.twilio.com/docs/conversations/api/user-resource">User resource</a>.
 *
 * @param identity the identity, as in access tokens; case-sensitive
 * @param sid the user SID, {@code US…}; null where the source does not say (the realtime source)
 * @param friendlyName the name to show; null if none was set
 * @param attributes the free-form JSON of the application
 * @param roleSid the service role, {@code RL…}; null if the source did not say
 * @param online whether a client of theirs is connected; null where reachability is off or was not said
 * @param notifiable whether push can reach them; null where reachability is off or was not said
 * @param dateCreated when the user came to be; null if the source did not say
 * @param dateUpdated when the user was last changed; null if the source did not say
 */
public record User(
        String identity,
        @Nullable String sid,
        @Nullable String friendlyName,
        Attributes attributes,
        @Nullable String roleSid,
        @Nullable Boolean online,
        @Nullable Boolean notifiable,
        @Nullable Instant dateCreated,
        @Nullable Instant dateUpdated) {

    /**
     * Starts a builder with what is never absent.
     *
     * @param identity the identity, as in access tokens; case-sensitive
     * @return a builder, not thread-safe
     */
    public static Builder builder(String identity) {
        return new Builder(identity);
    }

    /**
     * A builder that holds the values of this record.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder copy = new Builder(identity);
        copy.sid = sid;
        copy.friendlyName = friendlyName;
        copy.attributes = attributes;
        copy.roleSid = roleSid;
        copy.online = online;
        copy.notifiable = notifiable;
        copy.dateCreated = dateCreated;
        copy.dateUpdated = dateUpdated;
        return copy;
    }

    /** Builds a {@link User}; what is not set is absent. Not thread-safe. */
    public static final class Builder {
        private final String identity;
        private @Nullable String sid;
        private @Nullable String friendlyName;
        private Attributes attributes = Attributes.EMPTY;
        private @Nullable String roleSid;
        private @Nullable Boolean online;
        private @Nullable Boolean notifiable;
        private @Nullable Instant dateCreated;
        private @Nullable Instant dateUpdated;

        private Builder(String identity) {
            this.identity = identity;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the user SID, {@code US…}; null where the source does not say (the realtime source)
         * @return this
         */
        public Builder sid(@Nullable String value) {
            this.sid = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the name to show; null if none was set
         * @return this
         */
        public Builder friendlyName(@Nullable String value) {
            this.friendlyName = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the free-form JSON of the application
         * @return this
         */
        public Builder attributes(Attributes value) {
            this.attributes = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value the service role, {@code RL…}; null if the source did not say
         * @return this
         */
        public Builder roleSid(@Nullable String value) {
            this.roleSid = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value whether a client of theirs is connected; null where reachability is off or was not said
         * @return this
         */
        public Builder online(@Nullable Boolean value) {
            this.online = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value whether push can reach them; null where reachability is off or was not said
         * @return this
         */
        public Builder notifiable(@Nullable Boolean value) {
            this.notifiable = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value when the user came to be; null if the source did not say
         * @return this
         */
        public Builder dateCreated(@Nullable Instant value) {
            this.dateCreated = value;
            return this;
        }

        /**
         * Sets the component of the same name.
         *
         * @param value when the user was last changed; null if the source did not say
         * @return this
         */
        public Builder dateUpdated(@Nullable Instant value) {
            this.dateUpdated = value;
            return this;
        }

        /**
         * Builds the record.
         *
         * @return a new User
         */
        public User build() {
            return new User(
                    identity, sid, friendlyName, attributes, roleSid, online, notifiable, dateCreated, dateUpdated);
        }
    }
}
