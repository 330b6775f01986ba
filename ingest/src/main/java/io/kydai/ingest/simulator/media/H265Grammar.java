package io.kydai.ingest.simulator.media;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds the first slice segment of each picture in H.265 (ITU-T H.265, section 7.4.2.4.4). Layers
 * above the base layer are dropped.
 */
public final class H265Grammar implements NalGrammar {
  private static final int IDR_W_RADL = 19;
  private static final int IDR_N_LP = 20;
  private static final int CRA = 21;
  private static final int VPS = 32;
  private static final int SPS = 33;
  private static final int PPS = 34;

  private final Map<Integer, Sequence> sequences = new HashMap<>();
  private final Map<Integer, Parameters> parameters = new HashMap<>();
  private int highOfReference;
  private int lowOfReference;
  private boolean atStart = true;

  private record Sequence(boolean planes, int orderBits) {}

  private record Parameters(int sequence, boolean outputFlag, int extraBits) {}

  /** Returns the type of a NAL unit or payload, 0 to 63. */
  public static int type(byte[] nal) {
    return nal[0] >> 1 & 0x3f;
  }

  @Override
  public Unit read(byte[] nal) {
    if (nal.length < 3) {
      throw new IllegalArgumentException("a NAL unit ends too early");
    }
    int type = type(nal);
    int layer = (nal[0] & 1) << 5 | (nal[1] & 0xf8) >> 3;
    if (layer != 0) {
      return Unit.of(Role.LEFT_OUT);
    }
    return switch (type) {
      case VPS -> Unit.set(VPS, (nal[2] & 0xf0) >> 4);
      case SPS -> Unit.set(SPS, sequence(nal));
      case PPS -> Unit.set(PPS, parameters(nal));
      case 35 -> Unit.of(Role.DELIMITER);
      case 36, 37 -> {
        atStart = true;
        yield Unit.of(Role.AFTER);
      }
      case 38 -> Unit.of(Role.LEFT_OUT);
      case 39 -> Unit.of(Role.BEFORE);
      case 40 -> Unit.of(Role.AFTER);
      default ->
          type <= 9 || type >= 16 && type <= CRA
              ? Unit.slice(slice(nal, type))
              : Unit.of(Role.LEFT_OUT);
    };
  }

  /**
   * Reads a sequence parameter set (section 7.3.2.2.1) as far as slices need it; returns its id.
   */
  private int sequence(byte[] nal) {
    NalBitReader in = new NalBitReader(nal, 2);
    in.bits(4);
    int subLayers = in.bits(3);
    in.bit();
    passProfileTierLevel(in, subLayers);
    int id = in.unsigned(15, "sps_seq_parameter_set_id");
    boolean planes = in.unsigned(3, "chroma_format_idc") == 3 && in.flag();
    in.unsigned();
    in.unsigned();
    if (in.flag()) {
      for (int i = 0; i < 4; i++) {
        in.unsigned();
      }
    }
    in.unsigned();
    in.unsigned();
    int orderBits = 4 + in.unsigned(12, "log2_max_pic_order_cnt_lsb_minus4");
    sequences.put(id, new Sequence(planes, orderBits));
    return id;
  }

  /** Skips profile, tier and level (section 7.3.3): 88 and 8 bits, and the same for sub-layers. */
  private static void passProfileTierLevel(NalBitReader in, int subLayers) {
    pass(in, 88 + 8);
    boolean[] profiles = new boolean[subLayers];
    boolean[] levels = new boolean[subLayers];
    for (int i = 0; i < subLayers; i++) {
      profiles[i] = in.flag();
      levels[i] = in.flag();
    }
    if (subLayers > 0) {
      pass(in, 2 * (8 - subLayers));
    }
    for (int i = 0; i < subLayers; i++) {
      pass(in, (profiles[i] ? 88 : 0) + (levels[i] ? 8 : 0));
    }
  }

  private static void pass(NalBitReader in, int count) {
    for (int i = 0; i < count; i++) {
      in.bit();
    }
  }

  /** Reads a picture parameter set (section 7.3.2.3.1) as far as slices need it; returns its id. */
  private int parameters(byte[] nal) {
    NalBitReader in = new NalBitReader(nal, 2);
    int id = in.unsigned(63, "pps_pic_parameter_set_id");
    int sequence = in.unsigned(15, "pps_seq_parameter_set_id");
    in.bit();
    parameters.put(id, new Parameters(sequence, in.flag(), in.bits(3)));
    return id;
  }

  /** Reads a slice segment's header (section 7.3.6.1), for a picture's first segment only. */
  private Slice slice(byte[] nal, int type) {
    NalBitReader in = new NalBitReader(nal, 2);
    if (!in.flag()) {
      return new Slice(false, false, false, false, true, 0);
    }
    boolean key = type >= 16;
    if (key) {
      in.bit();
    }
    Parameters pps = parameters.get(in.unsigned(63, "slice_pic_parameter_set_id"));
    Sequence sps = pps == null ? null : sequences.get(pps.sequence());
    if (pps == null || sps == null) {
      throw new IllegalArgumentException("a slice comes before its parameter sets");
    }
    in.bits(pps.extraBits());
    boolean bidirectional = in.unsigned(2, "slice_type") == 0;
    if (pps.outputFlag()) {
      in.bit();
    }
    if (sps.planes()) {
      in.bits(2);
    }
    boolean idr = type == IDR_W_RADL || type == IDR_N_LP;
    int low = idr ? 0 : in.bits(sps.orderBits());
    boolean restarts = key && (type != CRA || atStart);
    atStart = false;
    return new Slice(
        true, key, restarts, bidirectional, true, order(nal, type, low, restarts, sps.orderBits()));
  }

  /** Returns the picture order count (section 8.3.1). */
  private long order(byte[] nal, int type, int low, boolean restarts, int bits) {
    int range = 1 << bits;
    int high = restarts ? 0 : highOfReference;
    if (!restarts && low < lowOfReference && lowOfReference - low >= range / 2) {
      high += range;
    } else if (!restarts && low > lowOfReference && low - lowOfReference > range / 2) {
      high -= range;
    }
    boolean lowestSubLayer = (nal[1] & 7) == 1;
    // Leading pictures (6 to 9) and non-reference pictures (even, up to 14) are no reference here.
    boolean countedFrom = type >= 16 || type < 6 && type % 2 == 1;
    if (lowestSubLayer && countedFrom) {
      highOfReference = high;
      lowOfReference = low;
    }
    return (long) high + low;
  }
}
