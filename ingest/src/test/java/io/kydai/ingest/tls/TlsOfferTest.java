package io.kydai.ingest.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TlsOfferTest {
  @Test
  void suitesAreNamedOnceForAllWaysToExchangeKeysThatGoWithThem() {
    assertThat(
            TlsOffer.text(
                "TLS_AES_256_GCM_SHA384",
                "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
                "TLS_RSA_WITH_AES_128_CBC_SHA",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"))
        .isEqualTo(
            "AES_256_GCM_SHA384; ECDHE_ECDSA/ECDHE_RSA with AES_256_CBC_SHA384; RSA with"
                + " AES_128_CBC_SHA");
  }
}
