package io.github.conversations4j.source;

/** The settings of a source that this library brings; the client knows how to connect it. */
public sealed interface BuiltInSource extends EventSource permits CombinedSource, PollSource, WebhookSource {}
