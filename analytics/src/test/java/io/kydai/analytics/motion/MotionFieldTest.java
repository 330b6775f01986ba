package io.kydai.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MotionFieldTest {
  @Test
  void aBlockFillsItsCells() {
    MotionField.Builder builder = new MotionField.Builder(100, 50, false);
    builder.add(16, 8, 16, 8, 5, -3);
    MotionField field = builder.build();

    assertThat(field.columns()).isEqualTo(13);
    assertThat(field.rows()).isEqualTo(7);
    assertThat(field.known(2, 1)).isTrue();
    assertThat(field.dx(3, 1)).isEqualTo(5);
    assertThat(field.dy(3, 1)).isEqualTo(-3);
    assertThat(field.known(1, 1)).isFalse();
    assertThat(field.known(4, 1)).isFalse();
    assertThat(field.known(2, 2)).isFalse();
  }

  @Test
  void whatLiesOutsideOrIsTooFarIsLimited() {
    MotionField.Builder builder = new MotionField.Builder(64, 64, false);
    builder.add(-32, -32, 16, 16, 1, 1);
    builder.add(200, 200, 16, 16, 1, 1);
    builder.add(56, 56, 16, 16, -1_000_000, 1_000_000);
    MotionField field = builder.build();

    assertThat(field.known(0, 0)).isFalse();
    assertThat(field.dx(7, 7)).isEqualTo(-Short.MAX_VALUE);
    assertThat(field.dy(7, 7)).isEqualTo(Short.MAX_VALUE);
  }
}
