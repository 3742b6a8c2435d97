package voiptui.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Wrap32Test {

    @ParameterizedTest
    @CsvSource(textBlock = """
            # from,       to,          distance
            0,            0,           0
            0,            1,           1
            1,            0,           -1
            4294967295,   0,           1
            0,            4294967295,  -1
            4294967290,   5,           11
            0,            2147483647,  2147483647
            0,            2147483649,  -2147483647
            """)
    void shouldMeasureTheShorterDistance(long from, long to, int distance) {
        assertThat(Wrap32.distance((int) from, (int) to)).isEqualTo(distance);
    }

    @ParameterizedTest
    @CsvSource({"0, 2147483648", "2147483648, 0", "5, 2147483653"})
    void shouldTreatHalfTheRangeAsOlder(long from, long to) {
        assertThat(Wrap32.distance((int) from, (int) to)).isNegative();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "-1, 4294967295", "-2147483648, 2147483648"})
    void shouldConvertToAnUnsignedNumber(int bits, long number) {
        assertThat(Wrap32.unsigned(bits)).isEqualTo(number);
    }
}
