package io.github.conversations4j.internal.emulator.rest;

import io.github.conversations4j.internal.emulator.rest.Operation.Result;
import io.github.conversations4j.internal.emulator.state.ShelfPage;
import java.util.List;

/** {@code /Content} of the Content API, of the account. There are no templates here, so the list is empty. */
final class ContentResource {
    private static final Paging PAGING = Paging.of("contents", 100);

    private ContentResource() {}

    static void register(RouteTable table) {
        table.add("GET", "/Content", ContentResource::list);
    }

    private static Result list(RestCall call) {
        return PAGING.answer(
                call,
                call.links().account("/Content"),
                new ShelfPage<>(List.of(), null, null),
                template -> Json.object());
    }
}
