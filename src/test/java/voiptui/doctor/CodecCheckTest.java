package voiptui.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodecCheckTest {

    @Test
    void shouldReportTheLibraryInUse() {
        assertThat(CodecCheck.finding(null)).isEqualTo(Finding.ok("codec", "Opus by libopus"));
    }

    @Test
    void shouldWarnOfTheFallbackAndSayWhy() {
        Finding finding = CodecCheck.finding("no directory /usr/local/lib/voiptui/natives");

        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.WARNING);
        assertThat(finding.text()).contains("in Java", "no directory /usr/local/lib/voiptui/natives");
        assertThat(finding.advice()).startsWith("run install.sh again");
    }
}
