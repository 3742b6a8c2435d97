package voiptui.voice;

/**
 * How a call is rated, by the E-model: R, and the mean opinion score (MOS) that follows from it.
 *
 * <p>Source: ITU-T G.107. Of its parameters, what a phone knows are variables: delay, loss, codec. All others have the default
 * values of table 2 there, which means a handset in a quiet room without echo; they yield R = 93.2. What remains is
 * {@code R = 93.2 - Idd - Ie,eff}: delay as in 7.4, for conversations of ordinary sensitivity to it (sT = 1, mT = 100 ms), and
 * codec and loss as in 7.5. The scale is the one of narrowband telephony, 0 to 100, as RTCP XR has it (RFC 3611, 4.7.5): the
 * best score is 4.41, for wideband speech, too. Stateless.
 */
public final class EModel {

    /** R of the default connection: no delay, no loss, {@link Codec#PCM}. */
    public static final double MAX_RATING = 93.2;

    /** Delay that nobody notices, in milliseconds. */
    private static final double UNNOTICED_DELAY_MS = 100;

    private EModel() {}

    /**
     * What a codec costs.
     *
     * @param impairment Ie, without loss; 0 to 95
     * @param lossRobustness Bpl, the percentage of packets lost at random that takes half of what is left; positive
     * @param maxBurstRatio the greatest burst ratio that counts, at least 1
     */
    public record Codec(double impairment, double lossRobustness, double maxBurstRatio) {

        /**
         * PCM whose missing packets are concealed by repeating pitch periods: Ie and Bpl of G.711 with the concealment of its
         * appendix I (ITU-T G.113, appendix I). A greater burst ratio than 2 does not count: the formula is made for random loss.
         */
        public static final Codec PCM = new Codec(0, 25.1, 2);

        /**
         * Opus at 32 kbit/s or more. G.113 has no values for Opus; these follow the method of ITU-T P.834, from the scores of an
         * instrumental model: libopus 1.6 with concealment by its neural network, mean of four patterns of random loss, PESQ-WB
         * (P.862.2) 4.44 without loss, 3.14 at 5 %, 2.30 at 10 %, 1.68 at 20 %, 1.40 at 30 %. The inverse of {@link #mos} makes
         * R of them, the formula of Ie,eff a Bpl of 9.6, 9.6, 10.9, and 11.5. Runs of missing packets were heard no more than
         * the same loss at random: 2.42 at 10 % in runs of three, 1.67 at 20 % in runs of four. So their burst ratio does not
         * count.
         */
        public static final Codec OPUS = new Codec(0, 10, 1);

        private static final int[] OPUS_KBITS = {16, 20, 24, 32};
        private static final double[] OPUS_IMPAIRMENTS = {10, 7.5, 3.5, 0};

        /**
         * Returns the values of {@link #OPUS} at another bit rate, by the same method: PESQ-WB 4.33 at 24 kbit/s, 4.21 at 20,
         * 4.13 at 16, all packets played.
         *
         * @param bitsPerSecond of the encoder; below 16,000 the slope goes on
         */
        public static Codec opusAt(int bitsPerSecond) {
            double kbits = bitsPerSecond / 1000.0;
            int i = 0;
            while (i < OPUS_KBITS.length - 2 && kbits > OPUS_KBITS[i + 1]) {
                i++;
            }
            double slope = (OPUS_IMPAIRMENTS[i + 1] - OPUS_IMPAIRMENTS[i]) / (OPUS_KBITS[i + 1] - OPUS_KBITS[i]);
            double impairment = OPUS_IMPAIRMENTS[i] + slope * (kbits - OPUS_KBITS[i]);
            return new Codec(limited(impairment, 0, 95), OPUS.lossRobustness, OPUS.maxBurstRatio);
        }
    }

    /**
     * Returns R of a conversation, 0 to {@value #MAX_RATING}.
     *
     * @param delayMs one way, from mouth to ear, in milliseconds
     * @param lossPercent packets neither played nor recovered, in percent; 0 to 100
     * @param burstRatio mean number of packets missing in a row, divided by what it were if they were missing at random
     *     ({@link #burstRatio}); counts from 1 to {@link Codec#maxBurstRatio}
     */
    public static double rating(double delayMs, double lossPercent, double burstRatio, Codec codec) {
        return limited(listeningRating(lossPercent, burstRatio, codec) - delayImpairment(delayMs), 0, MAX_RATING);
    }

    /** Returns R for who only listens: as {@link #rating}, without delay. */
    public static double listeningRating(double lossPercent, double burstRatio, Codec codec) {
        return limited(MAX_RATING - lossImpairment(lossPercent, burstRatio, codec), 0, MAX_RATING);
    }

    /** Returns Ie,eff: what codec and loss cost (G.107, 7.5). */
    static double lossImpairment(double lossPercent, double burstRatio, Codec codec) {
        double loss = limited(lossPercent, 0, 100);
        double ratio = limited(burstRatio, 1, codec.maxBurstRatio());
        return codec.impairment() + (95 - codec.impairment()) * loss / (loss / ratio + codec.lossRobustness());
    }

    /** Returns Idd: what delay costs without any echo (G.107, 7.4). */
    static double delayImpairment(double delayMs) {
        if (!(delayMs > UNNOTICED_DELAY_MS)) {
            return 0;
        }
        double x = Math.log(delayMs / UNNOTICED_DELAY_MS) / Math.log(2);
        return 25 * (sixthNorm(x) - 3 * sixthNorm(x / 3) + 2);
    }

    private static double sixthNorm(double x) {
        return Math.pow(1 + Math.pow(x, 6), 1 / 6.0);
    }

    /** Returns the mean opinion score of R (G.107, annex B): 1 to 4.5. */
    public static double mos(double rating) {
        if (!(rating > 0)) {
            return 1;
        }
        if (rating >= 100) {
            return 4.5;
        }
        // The polynomial falls below 1 for R under 6.5.
        return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
    }

    /** Returns MOS-CQ, the score of a conversation; see {@link #rating}. */
    public static double conversationMos(double delayMs, double lossPercent, double burstRatio, Codec codec) {
        return mos(rating(delayMs, lossPercent, burstRatio, codec));
    }

    /** Returns MOS-LQ, the score of listening; see {@link #listeningRating}. */
    public static double listeningMos(double lossPercent, double burstRatio, Codec codec) {
        return mos(listeningRating(lossPercent, burstRatio, codec));
    }

    /**
     * Returns the burst ratio (G.107, 7.5): the mean length of runs of missing packets over that at random loss,
     * {@code 1 / (1 - loss)}.
     *
     * @param lossFraction 0 to 1
     * @param meanRunLength packets missing in a row, on average
     */
    public static double burstRatio(double lossFraction, double meanRunLength) {
        return Math.max(1, meanRunLength * (1 - limited(lossFraction, 0, 1)));
    }

    private static double limited(double value, double from, double to) {
        return Double.isNaN(value) ? from : Math.max(from, Math.min(to, value));
    }
}
