package io.kydai.ingest.simulator.media;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first slice of each picture in H.264: its header differs from the header before it in a
 * field that is constant within a picture (ITU-T H.264, section 7.4.1.2.4). The order of slices and
 * repeated slices do not matter.
 */
final class H264Grammar implements NalGrammar {
  private static final int IDR = 5;
  private static final int SPS = 7;
  private static final int PPS = 8;
  private static final Set<Integer> WITH_CHROMA_FORMAT =
      Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);

  private final Map<Integer, Sequence> sequences = new HashMap<>();
  private final Map<Integer, Parameters> parameters = new HashMap<>();
  private @Nullable Header previous;
  private int highOfReference;
  private int lowOfReference;
  private long order;

  private record Sequence(
      boolean planes,
      int frameNumberBits,
      int orderType,
      int orderBits,
      boolean deltasZero,
      boolean framesOnly) {}

  private record Parameters(int sequence, boolean bottomOrder) {}

  private record Header(
      int parameters,
      int frameNumber,
      boolean field,
      boolean bottom,
      boolean reference,
      boolean idr,
      int idrId,
      int orderLow,
      int deltaBottom,
      int delta0,
      int delta1) {}

  @Override
  public Unit read(byte[] nal) {
    int type = nal[0] & 0x1f;
    return switch (type) {
      case 1, 2, IDR -> Unit.slice(slice(nal));
      case 3, 4 -> Unit.slice(new Slice(false, false, false, false, true, order));
      case SPS -> Unit.set(SPS, sequence(nal));
      case PPS -> Unit.set(PPS, parameters(nal));
      case 6 -> Unit.of(Role.BEFORE);
      case 9 -> Unit.of(Role.DELIMITER);
      case 10, 11, 19 -> Unit.of(Role.AFTER);
      // Filler data, and units for scalable and multiview streams.
      default -> Unit.of(Role.LEFT_OUT);
    };
  }

  /**
   * Reads a sequence parameter set (section 7.3.2.1.1) as far as slices need it; returns its id.
   */
  private int sequence(byte[] nal) {
    NalBitReader in = new NalBitReader(nal, 1);
    int profile = in.bits(8);
    in.bits(16);
    int id = in.unsigned(31, "seq_parameter_set_id");
    boolean planes = false;
    if (WITH_CHROMA_FORMAT.contains(profile)) {
      int chroma = in.unsigned(3, "chroma_format_idc");
      planes = chroma == 3 && in.flag();
      in.unsigned();
      in.unsigned();
      in.bit();
      if (in.flag()) {
        passScalingMatrix(in, chroma == 3 ? 12 : 8);
      }
    }
    int frameNumberBits = 4 + in.unsigned(12, "log2_max_frame_num_minus4");
    int orderType = in.unsigned(2, "pic_order_cnt_type");
    int orderBits = 0;
    boolean deltasZero = false;
    if (orderType == 0) {
      orderBits = 4 + in.unsigned(12, "log2_max_pic_order_cnt_lsb_minus4");
    } else if (orderType == 1) {
      deltasZero = in.flag();
      in.signed();
      in.signed();
      for (int left = in.unsigned(255, "num_ref_frames_in_pic_order_cnt_cycle"); left > 0; left--) {
        in.signed();
      }
    }
    in.unsigned();
    in.bit();
    in.unsigned();
    in.unsigned();
    sequences.put(
        id, new Sequence(planes, frameNumberBits, orderType, orderBits, deltasZero, in.flag()));
    return id;
  }

  private static void passScalingMatrix(NalBitReader in, int lists) {
    for (int list = 0; list < lists; list++) {
      int next = in.flag() ? 8 : 0;
      for (int i = 0; i < (list < 6 ? 16 : 64) && next != 0; i++) {
        next = next + in.signed() & 0xff;
      }
    }
  }

  /** Reads a picture parameter set (section 7.3.2.2) as far as slices need it; returns its id. */
  private int parameters(byte[] nal) {
    NalBitReader in = new NalBitReader(nal, 1);
    int id = in.unsigned(255, "pic_parameter_set_id");
    int sequence = in.unsigned(31, "seq_parameter_set_id");
    in.bit();
    parameters.put(id, new Parameters(sequence, in.flag()));
    return id;
  }

  private Slice slice(byte[] nal) {
    NalBitReader in = new NalBitReader(nal, 1);
    in.unsigned();
    int sliceType = in.unsigned(9, "slice_type") % 5;
    int id = in.unsigned(255, "pic_parameter_set_id");
    Parameters pps = parameters.get(id);
    Sequence sps = pps == null ? null : sequences.get(pps.sequence());
    if (pps == null || sps == null) {
      throw new IllegalArgumentException("a slice comes before its parameter sets");
    }
    Header header = header(in, nal[0], id, sps, pps);
    boolean begins = !header.equals(previous);
    previous = header;
    if (begins) {
      order = order(header, sps);
    }
    return new Slice(
        begins, header.idr(), header.idr(), sliceType == 1, sps.orderType() != 1, order);
  }

  /** Reads a slice header (section 7.3.3). */
  private static Header header(NalBitReader in, byte first, int id, Sequence sps, Parameters pps) {
    boolean idr = (first & 0x1f) == IDR;
    if (sps.planes()) {
      in.bits(2);
    }
    int frameNumber = in.bits(sps.frameNumberBits());
    boolean field = !sps.framesOnly() && in.flag();
    boolean bottom = field && in.flag();
    int idrId = idr ? in.unsigned() : 0;
    boolean both = pps.bottomOrder() && !field;
    int low = sps.orderType() == 0 ? in.bits(sps.orderBits()) : 0;
    int deltaBottom = sps.orderType() == 0 && both ? in.signed() : 0;
    boolean deltas = sps.orderType() == 1 && !sps.deltasZero();
    int delta0 = deltas ? in.signed() : 0;
    int delta1 = deltas && both ? in.signed() : 0;
    return new Header(
        id,
        frameNumber,
        field,
        bottom,
        (first & 0x60) != 0,
        idr,
        idrId,
        low,
        deltaBottom,
        delta0,
        delta1);
  }

  /** Returns the picture order count (sections 8.2.1.1 and 8.2.1.3). */
  private long order(Header header, Sequence sps) {
    if (sps.orderType() != 0) {
      return order + 1;
    }
    if (header.idr()) {
      highOfReference = 0;
      lowOfReference = 0;
    }
    int range = 1 << sps.orderBits();
    int high = highOfReference;
    if (header.orderLow() < lowOfReference && lowOfReference - header.orderLow() >= range / 2) {
      high += range;
    } else if (header.orderLow() > lowOfReference
        && header.orderLow() - lowOfReference > range / 2) {
      high -= range;
    }
    if (header.reference()) {
      highOfReference = high;
      lowOfReference = header.orderLow();
    }
    return (long) high + header.orderLow() + Math.min(0, header.deltaBottom());
  }
}
