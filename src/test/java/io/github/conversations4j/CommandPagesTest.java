package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Javadoc of every command and query names the page of Twilio's that it stands on. */
class CommandPagesTest {
    private static final Set<Class<?>> ANSWERS =
            Set.of(Deferred.class, PendingMessage.class, Upload.class, Stream.class);
    private static final Pattern METHOD = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\s+)*public (?:<[^>]*> )?[\\w<>, \\[\\]]+? (\\w+)\\(",
            Pattern.DOTALL);

    static List<Class<?>> commands() {
        return List.of(
                ConversationsClient.class,
                Conversation.class,
                Conversations.class,
                Messages.class,
                Participants.class,
                Users.class,
                Roles.class,
                Person.class,
                MediaFiles.class,
                Upload.class,
                PendingMessage.class,
                AttributeKeys.class,
                Webhooks.class,
                Page.class);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void names_a_page(Class<?> type) throws IOException {
        String source = Files.readString(Path.of("src/main/java", type.getName().replace('.', '/') + ".java"));
        Set<String> documented = new TreeSet<>();
        Matcher method = METHOD.matcher(source);
        while (method.find()) {
            if (method.group(1).contains("https://www.twilio.com/docs/")) {
                documented.add(method.group(2));
            }
        }

        assertThat(Arrays.stream(type.getDeclaredMethods())
                        .filter(CommandPagesTest::isCommand)
                        .map(Method::getName)
                        .collect(Collectors.toSet()))
                .isNotEmpty()
                .as("methods of %s that ask Twilio, and say in their Javadoc where that is described", type)
                .isSubsetOf(documented);
    }

    private static boolean isCommand(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && ANSWERS.contains(method.getReturnType())
                && !Set.of("ready").contains(method.getName());
    }
}
