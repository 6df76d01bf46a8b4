package io.github.conversations4j.internal.realtime;

import io.github.conversations4j.internal.realtime.session.Requests;
import io.github.conversations4j.internal.realtime.session.SessionContext;
import io.github.conversations4j.internal.realtime.sync.SyncClient;
import io.github.conversations4j.internal.realtime.sync.SyncReader;

/**
 * What everything that follows conversations needs.
 *
 * @param context time, chance and the lock
 * @param sync follows Sync objects
 * @param reader reads Sync objects once
 * @param requests carries other requests
 * @param outlet where events go
 * @param typing who is typing
 */
record Surroundings(
        SessionContext context,
        SyncClient sync,
        SyncReader reader,
        Requests requests,
        Outlet outlet,
        TypingWatch typing) {}
