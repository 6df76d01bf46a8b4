package io.github.conversations4j.internal.webhook;

import io.github.conversations4j.internal.wire.FormName;

/** What Twilio calls the parameters of its Conversations webhooks. */
final class Names {
    static final FormName ACCOUNT_SID = FormName.of("AccountSid");
    static final FormName EVENT_TYPE = FormName.of("EventType");
    static final FormName SOURCE = FormName.of("Source");
    static final FormName RETRY_COUNT = FormName.of("RetryCount");
    static final FormName CLIENT_IDENTITY = FormName.of("ClientIdentity");
    static final FormName CHAT_SERVICE_SID = FormName.of("ChatServiceSid");
    static final FormName MESSAGING_SERVICE_SID = FormName.of("MessagingServiceSid");
    static final FormName CONVERSATION_SID = FormName.of("ConversationSid");
    static final FormName MESSAGE_SID = FormName.of("MessageSid");
    static final FormName PARTICIPANT_SID = FormName.of("ParticipantSid");
    static final FormName USER_SID = FormName.of("UserSid");
    static final FormName DELIVERY_RECEIPT_SID = FormName.of("DeliveryReceiptSid");
    static final FormName CHANNEL_MESSAGE_SID = FormName.of("ChannelMessageSid");
    static final FormName ROLE_SID = FormName.of("RoleSid");
    static final FormName INDEX = FormName.of("Index");
    static final FormName BODY = FormName.of("Body");
    static final FormName MESSAGE_BODY = FormName.of("MessageBody");
    static final FormName AUTHOR = FormName.of("Author");
    static final FormName ATTRIBUTES = FormName.of("Attributes");
    static final FormName MEDIA = FormName.of("Media");
    static final FormName FRIENDLY_NAME = FormName.of("FriendlyName");
    static final FormName UNIQUE_NAME = FormName.of("UniqueName");
    static final FormName STATE = FormName.of("State");
    static final FormName STATE_FROM = FormName.of("StateFrom");
    static final FormName STATE_TO = FormName.of("StateTo");
    static final FormName STATE_UPDATED = FormName.of("StateUpdated");
    static final FormName REASON = FormName.of("Reason");
    static final FormName IDENTITY = FormName.of("Identity");
    static final FormName LAST_READ_MESSAGE_INDEX = FormName.of("LastReadMessageIndex");
    static final FormName IS_ONLINE = FormName.of("isOnline");
    static final FormName IS_NOTIFIABLE = FormName.of("isNotifiable");
    static final FormName STATUS = FormName.of("Status");
    static final FormName DELIVERY_STATUS = FormName.of("DeliveryStatus");
    static final FormName ERROR_CODE = FormName.of("ErrorCode");
    static final FormName DATE_CREATED = FormName.of("DateCreated");
    static final FormName DATE_UPDATED = FormName.of("DateUpdated");
    static final FormName DATE_REMOVED = FormName.of("DateRemoved");
    static final FormName BINDING_ADDRESS = FormName.of("MessagingBinding.Address");
    static final FormName BINDING_PROXY_ADDRESS = FormName.of("MessagingBinding.ProxyAddress");
    static final FormName BINDING_PROJECTED_ADDRESS = FormName.of("MessagingBinding.ProjectedAddress");
    static final FormName BINDING_TYPE = FormName.of("MessagingBinding.Type");

    private Names() {}
}
