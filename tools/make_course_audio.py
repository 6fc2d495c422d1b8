"""Reads the Spanish pages of a course aloud: kits/<kit>/media/<page>.opus, from a synthetic voice.

    python3 -m venv /tmp/voice && /tmp/voice/bin/pip install espeakng-loader==0.2.4 av==18.1.0 numpy
    /tmp/voice/bin/python tools/make_course_audio.py kits/mejora

The voice is espeak NG's es-419 and the sound Opus at 12 kbit/s, so that a course stays light on a
cheap telephone. A recording by a person, made on the authoring screen, takes the place of any file.
"""

import ctypes
import re
import sys
from fractions import Fraction
from pathlib import Path

import av
import espeakng_loader
import numpy as np

WORDS_A_MINUTE = 140
BITS_A_SECOND = 12_000
PAUSE = "\n\n"


def spoken(markdown: str) -> str:
    """What a person would read out: no marks, tables row by row, a pause after each line."""
    body = markdown.split("---\n", 2)[2]
    body = re.sub(r"^\|?[-| ]+\|$", "", body, flags=re.M)
    body = re.sub(r"^[#>*\-]+ *|^\d+\. +", "", body, flags=re.M)
    body = body.replace("**", "").replace("|", ", ").replace("«", "").replace("»", "")
    lines = [line.strip(" ,") for line in body.splitlines() if line.strip(" ,")]
    return PAUSE.join(line if line[-1] in ".:!?" else f"{line}." for line in lines)


def voice() -> tuple[ctypes.CDLL, int, list[np.ndarray]]:
    """The synthesiser, its sampling rate, and the list its sound goes to."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Initialize.restype = ctypes.c_int
    rate = library.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0)
    library.espeak_SetVoiceByName(b"es-419")
    library.espeak_SetParameter(1, WORDS_A_MINUTE, 0)
    return library, rate, []


def read_aloud(library: ctypes.CDLL, text: str) -> np.ndarray:
    """The sound of a text: 16-bit samples, one channel."""
    heard: list[np.ndarray] = []
    kind = ctypes.CFUNCTYPE(
        ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
    )

    def hear(samples, count, _events):
        if samples and count > 0:
            heard.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    callback = kind(hear)
    library.espeak_SetSynthCallback(callback)
    content = text.encode()
    library.espeak_Synth(content, len(content) + 1, 0, 0, 0, 1, None, None)
    library.espeak_Synchronize()
    return np.concatenate(heard)


def write_opus(path: Path, samples: np.ndarray, rate: int) -> None:
    """Keep the sound as Opus in an Ogg file."""
    with av.open(str(path), "w", format="ogg") as out:
        stream = out.add_stream("libopus", rate=24_000, layout="mono")
        stream.bit_rate = BITS_A_SECOND
        stream.options = {"application": "voip", "frame_duration": "60"}
        resampler = av.AudioResampler(format="s16", layout="mono", rate=24_000)
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.rate, frame.time_base = rate, Fraction(1, rate)
        for piece in (*resampler.resample(frame), None):
            for packet in stream.encode(piece):
                out.mux(packet)


def main(folder: Path) -> None:
    library, rate, _ = voice()
    (folder / "media").mkdir(exist_ok=True)
    for page in sorted((folder / "pages").glob("*.es.md")):
        samples = read_aloud(library, spoken(page.read_text(encoding="utf-8")))
        target = folder / "media" / f"{page.stem}.opus"
        write_opus(target, samples, rate)
        print(f"{target}  {len(samples) / rate:.0f} s  {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
