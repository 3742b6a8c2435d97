package voiptui.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadableMessageTest {

    private static final String CALL = "0123456789abcdef".repeat(2);

    private static byte[] json(String text) {
        return text.replace('\'', '"').replace("CALL", CALL).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {'type':'connected','call':'CALL','peer':'b','codec':'opus','packets':'srtp'} | unknown packets 'srtp'
            {'type':'connected','call':'CALL','peer':'b','codec':'evs','packets':'rtp'} | unknown codec 'evs'
            {'type':'connected','call':'CALL','peer':'b','codec':'evs','packets':'\\u001b[2J'} | unknown packets '?[2J'
            {'type':'connected','call':'CALL','codec':'opus','packets':'rtp'} | a field is missing or invalid
            {'type':'incoming','call':'CALL','from':'b','codecs':['evs']} | no known codec
            {'type':'progress','call':'CALL','state':'queued'} | unknown state 'queued'
            {'type':'progress','call':'CALL','state':'12345678901234567890x'} | unknown state '12345678901234567890...'
            {'type':'pong','id':-1} | a field is missing or invalid
            """)
    void shouldSayWhatIsWrong(String text, String problem) {
        assertThat(MessageJson.readRelay(json(text))).isEmpty();
        assertThat(MessageJson.explainRelay(json(text)))
                .map(UnreadableMessage::problem)
                .contains(problem);
    }

    @ParameterizedTest
    @MethodSource("typesOfRelays")
    void shouldKnowAllMessagesOfRelays(String type) {
        assertThat(MessageJson.explainRelay(json("{'type':'" + type + "','call':7,'code':7}")))
                .map(UnreadableMessage::type)
                .contains(type);
    }

    static Stream<String> typesOfRelays() {
        return MessageJsonTest.FROM_RELAY.stream()
                .map(message -> JsonParser.parseString(new String(MessageJson.write(message), StandardCharsets.UTF_8))
                        .getAsJsonObject()
                        .get("type")
                        .getAsString())
                .distinct();
    }

    @Test
    void shouldNameTheCall() {
        assertThat(MessageJson.explainRelay(json("{'type':'connected','call':'CALL'}")))
                .map(UnreadableMessage::call)
                .contains(CALL);
        assertThat(MessageJson.explainRelay(json("{'type':'connected','call':'no call'}")))
                .contains(new UnreadableMessage("connected", null, "a field is missing or invalid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'of-a-later-version'}", "{'type':1}", "{}", "[]", "", "{"})
    void shouldSayNothingAboutUnknownTypes(String text) {
        assertThat(MessageJson.explainRelay(json(text))).isEmpty();
    }

    @Test
    void shouldKeepAnUnknownCodeInWords() {
        Optional<RelayMessage> error = MessageJson.readRelay(json("{'type':'error','code':'pay-first','text':''}"));

        assertThat(error).contains(new RelayMessage.Error(RefusalCode.OTHER, "pay-first"));
        assertThat(MessageJson.readRelay(
                        json("{'type':'error','code':'not-allowed','text':'no','operator':'of-a-later-version'}")))
                .contains(new RelayMessage.Error(RefusalCode.NOT_ALLOWED, "no"));
    }
}
