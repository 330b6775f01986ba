package io.kydai.console.users.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrCodeTest {
  private static final Pattern MODULE = Pattern.compile("M([0-9]+) ([0-9]+)h1v1h-1z");
  private static final Pattern SIZE = Pattern.compile("viewBox=\"0 0 ([0-9]+) ");

  @Test
  void what_is_drawn_reads_back_as_the_text() throws Exception {
    String text = "otpauth://totp/Kydai:lan?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Kydai";

    assertThat(new Decoder().decode(modules(QrCode.svg(text))).getText()).isEqualTo(text);
  }

  private static BitMatrix modules(String svg) {
    Matcher size = SIZE.matcher(svg);
    assertThat(size.find()).isTrue();
    BitMatrix modules = new BitMatrix(Integer.parseInt(size.group(1)) - 8);
    Matcher dark = MODULE.matcher(svg);
    while (dark.find()) {
      modules.set(Integer.parseInt(dark.group(1)) - 4, Integer.parseInt(dark.group(2)) - 4);
    }
    return modules;
  }

  @Test
  void a_text_that_no_code_should_hold_is_refused() {
    assertThatThrownBy(() -> QrCode.svg("x".repeat(1001)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
