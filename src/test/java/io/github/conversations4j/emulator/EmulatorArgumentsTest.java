package io.github.conversations4j.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmulatorArgumentsTest {
    @Test
    void it_listens_on_this_machine_unless_told_otherwise() {
        EmulatorArguments none = EmulatorArguments.parse();

        assertThat(none.options().address.isLoopbackAddress()).isTrue();
        assertThat(none.options().port).isEqualTo(8790);
        assertThat(none.seed()).isNull();
    }

    @Test
    void everything_given_is_used() {
        EmulatorArguments given = EmulatorArguments.parse(
                ("--port 0 --address 0.0.0.0 --account-sid AC00000000000000000000000000000001 --auth-token t --api-key"
                                + " SK00000000000000000000000000000002 --api-secret 0123456789abcdef0123456789abcdef"
                                + " --service-sid IS00000000000000000000000000000003 --seed s.json"
                                + " --link-base http://127.0.0.1:1")
                        .split(" "));

        assertThat(given.options().port).isZero();
        assertThat(given.options().address.isAnyLocalAddress()).isTrue();
        assertThat(given.options().accountSid).isEqualTo("AC00000000000000000000000000000001");
        assertThat(given.options().authToken).isEqualTo("t");
        assertThat(given.options().apiKey).isEqualTo("SK00000000000000000000000000000002");
        assertThat(given.options().apiSecret).isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(given.options().serviceSid).isEqualTo("IS00000000000000000000000000000003");
        assertThat(given.options().linkBase).isEqualTo("http://127.0.0.1:1");
        assertThat(given.seed()).isEqualTo(Path.of("s.json"));
    }

    @ParameterizedTest
    @CsvSource({
        "--port,--port needs a value",
        "--port x,'--port must be a number, was x'",
        "--port 70000,'port: must be 0 to 65535, was 70000'",
        "--port 1 --port 2,--port is given twice",
        "port 1,unknown option port",
        "--clock sun,'--clock must be system or manual, was sun'",
        "--account-sid AC1,'accountSid: must be AC and 32 hexadecimal digits, was AC1'",
        "--api-secret short,apiSecret: must have at least 32 visible ASCII characters"
    })
    void what_makes_no_sense_is_named(String line, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmulatorArguments.parse(line.split(" ")))
                .withMessage(message);
    }
}
