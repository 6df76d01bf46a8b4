package io.github.conversations4j.internal.api;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract of all commands and queries, through the tunnel with an access token. */
class TunnelContractTest {
    private static Side opened;

    @BeforeAll
    static void open() {
        opened = Side.tunnel();
    }

    @AfterAll
    static void close() throws Exception {
        opened.close();
    }

    @Nested
    class OfConversations extends ConversationsContract {
        OfConversations() {
            super(opened);
        }
    }

    @Nested
    class OfMessages extends MessagesContract {
        OfMessages() {
            super(opened);
        }
    }

    @Nested
    class OfParticipants extends ParticipantsContract {
        OfParticipants() {
            super(opened);
        }
    }

    @Nested
    class OfUsers extends UsersContract {
        OfUsers() {
            super(opened);
        }
    }

    @Nested
    class OfRoles extends RolesContract {
        OfRoles() {
            super(opened);
        }
    }

    @Nested
    class OfTemplates extends TemplatesContract {
        OfTemplates() {
            super(opened);
        }
    }

    @Nested
    class OfMine extends MineContract {
        OfMine() {
            super(opened);
        }
    }

    @Nested
    class OfFiles extends FilesContract {
        OfFiles() {
            super(opened);
        }
    }
}
