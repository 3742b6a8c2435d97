package voiptui.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessingCheckTest {

    @Test
    void shouldReportThatTheLibraryIsLoaded() {
        assertThat(ProcessingCheck.finding(null).verdict()).isEqualTo(Finding.Verdict.OK);
    }

    @Test
    void shouldWarnOfALibraryThatCannotBeLoadedAndSayWhy() {
        Finding finding = ProcessingCheck.finding("libXcomposite.so.1: cannot open shared object file");

        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.WARNING);
        assertThat(finding.text()).contains("no echo cancelling", "libXcomposite.so.1");
        assertThat(finding.advice()).startsWith("use a headset");
    }
}
