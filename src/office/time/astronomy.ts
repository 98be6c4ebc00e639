/**
 * The two motions on which a lunisolar calendar rests: the new moon and the Sun on its way round the ecliptic.
 * Pure arithmetic; instants are Julian days in Universal Time. Valid for the years 1890 to 2110.
 */

const RAD = Math.PI / 180;
const J2000 = 2_451_545;

function sin(degrees: number): number {
  return Math.sin(degrees * RAD);
}

/** The Julian day at which a day (`yyyy-mm-dd`) begins in Universal Time. */
export function julianOf(day: string): number {
  return Date.parse(`${day}T00:00:00.000Z`) / 86_400_000 + 2_440_587.5;
}

/** The day in which a Julian day falls, Universal Time: the inverse of `julianOf`. */
export function dayOfJulian(julian: number): string {
  return new Date(Math.floor(julian - 2_440_587.5) * 86_400_000).toISOString().slice(0, 10);
}

/** From which year each polynomial holds, its origin, and the coefficients in years since then (F. Espenak and J. Meeus, 2006). */
const DELTA_T: readonly (readonly [from: number, origin: number, coefficients: readonly number[]])[] = [
  [1860, 1860, [7.62, 0.5737, -0.251754, 0.01680668, -0.0004473624, 1 / 233_174]],
  [1900, 1900, [-2.79, 1.494119, -0.0598939, 0.0061966, -0.000197]],
  [1920, 1920, [21.2, 0.84493, -0.0761, 0.0020936]],
  [1941, 1950, [29.07, 0.407, -1 / 233, 1 / 2547]],
  [1961, 1975, [45.45, 1.067, -1 / 260, -1 / 718]],
  [1986, 2000, [63.86, 0.3345, -0.060374, 0.0017275, 0.000651814, 0.00002373599]],
  [2005, 2000, [62.92, 0.32217, 0.005589]],
];

/** Seconds by which the even time of the formulas runs ahead of the Earth's rotation. */
function deltaTSeconds(year: number): number {
  if (year >= 2050) return -20 + 32 * ((year - 1820) / 100) ** 2 - 0.5628 * (2150 - year);
  const [, origin, coefficients] = DELTA_T.findLast(([from]) => year >= from) ?? [0, 0, [0]];
  return coefficients.reduceRight((sum, coefficient) => sum * (year - origin) + coefficient, 0);
}

function deltaTDays(julian: number): number {
  return deltaTSeconds(2000 + (julian - J2000) / 365.25) / 86_400;
}

/** Days for each periodic term: amplitude, power of E, multiples of M, M', F (Meeus, Astronomical Algorithms, 2nd ed., chapter 49). */
const MOON: readonly (readonly [number, number, number, number, number])[] = [
  [-0.4072, 0, 0, 1, 0],
  [0.17241, 1, 1, 0, 0],
  [0.01608, 0, 0, 2, 0],
  [0.01039, 0, 0, 0, 2],
  [0.00739, 1, -1, 1, 0],
  [-0.00514, 1, 1, 1, 0],
  [0.00208, 2, 2, 0, 0],
  [-0.00111, 0, 0, 1, -2],
  [-0.00057, 0, 0, 1, 2],
  [0.00056, 1, 1, 2, 0],
  [-0.00042, 0, 0, 3, 0],
  [0.00042, 1, 1, 0, 2],
  [0.00038, 1, 1, 0, -2],
  [-0.00024, 1, -1, 2, 0],
  [-0.00007, 0, 2, 1, 0],
  [0.00004, 0, 0, 2, -2],
  [0.00004, 0, 3, 0, 0],
  [0.00003, 0, 1, 1, -2],
  [0.00003, 0, 0, 2, 2],
  [-0.00003, 0, 1, 1, 2],
  [0.00003, 0, -1, 1, 2],
  [-0.00002, 0, -1, 1, -2],
  [-0.00002, 0, 1, 3, 0],
  [0.00002, 0, 0, 4, 0],
];

/** Days for each planetary argument: amplitude, its value at k = 0 and its change with k, in degrees (the same chapter). */
const PLANETS: readonly (readonly [number, number, number])[] = [
  [0.000325, 299.77, 0.107408],
  [0.000165, 251.88, 0.016321],
  [0.000164, 251.83, 26.651886],
  [0.000126, 349.42, 36.412478],
  [0.00011, 84.66, 18.206239],
  [0.000062, 141.74, 53.303771],
  [0.00006, 207.14, 2.453732],
  [0.000056, 154.84, 7.30686],
  [0.000047, 34.52, 27.261239],
  [0.000042, 207.19, 0.121824],
  [0.00004, 291.34, 1.844379],
  [0.000037, 161.72, 24.198154],
  [0.000035, 239.56, 25.513099],
  [0.000023, 331.55, 3.592518],
];

/**
 * The instant of the new moon `k` (0 is the one of 6 January 2000), as a Julian day in Universal Time. The formulas are good to
 * some 20 seconds; the rotation of the Earth adds less than a second in the past and, by 2100, an uncertainty of a minute or two.
 */
export function newMoon(k: number): number {
  const t = k / 1236.85;
  const mean = 2_451_550.09766 + 29.530588861 * k + 0.00015437 * t ** 2 - 0.00000015 * t ** 3 + 0.00000000073 * t ** 4;
  const e = 1 - 0.002516 * t - 0.0000074 * t ** 2;
  const sun = 2.5534 + 29.1053567 * k - 0.0000014 * t ** 2 - 0.00000011 * t ** 3;
  const moon = 201.5643 + 385.81693528 * k + 0.0107582 * t ** 2 + 0.00001238 * t ** 3 - 0.000000058 * t ** 4;
  const latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t ** 2 - 0.00000227 * t ** 3 + 0.000000011 * t ** 4;
  const node = 124.7746 - 1.56375588 * k + 0.0020672 * t ** 2 + 0.00000215 * t ** 3;
  const periodic = MOON.reduce(
    (sum, [amplitude, power, m, mm, f]) => sum + amplitude * e ** power * sin(m * sun + mm * moon + f * latitude),
    -0.00017 * sin(node),
  );
  const planetary = PLANETS.reduce(
    (sum, [amplitude, at, rate], index) => sum + amplitude * sin(at + rate * k - (index === 0 ? 0.009173 * t ** 2 : 0)),
    0,
  );
  const dynamical = mean + periodic + planetary;
  return dynamical - deltaTDays(dynamical);
}

/** The number of the last new moon at or before an instant (Julian day, Universal Time). */
export function newMoonBefore(julian: number): number {
  let k = Math.floor((julian - 2_451_550.09766) / 29.530588861) + 1;
  while (newMoon(k) > julian) k -= 1;
  return k;
}

/** Amplitude (1e-7 rad), phase and rate per century (degrees): P. Bretagnon and J.-L. Simon, Planetary Programs and Tables, 1986. */
const SUN: readonly (readonly [number, number, number])[] = [
  [403_406, 270.54861, 0.9287892],
  [195_207, 340.19128, 35_999.1376958],
  [119_433, 63.91854, 35_999.4089666],
  [112_392, 331.2622, 35_998.7287385],
  [3_891, 317.843, 71_998.20261],
  [2_819, 86.631, 71_998.4403],
  [1_721, 240.052, 36_000.35726],
  [660, 310.26, 71_997.4812],
  [350, 247.23, 32_964.4678],
  [334, 260.87, -19.441],
  [314, 297.82, 445_267.1117],
  [268, 343.14, 45_036.884],
  [242, 166.79, 3.1008],
  [234, 81.53, 22_518.4434],
  [158, 3.5, -19.9739],
  [132, 132.75, 65_928.9345],
  [129, 182.95, 9_038.0293],
  [114, 162.03, 3_034.7684],
  [99, 29.8, 33_718.148],
  [93, 266.4, 3_034.448],
  [86, 249.2, -2_280.773],
  [78, 157.6, 29_929.992],
  [72, 257.8, 31_556.493],
  [68, 185.1, 149.588],
  [64, 69.9, 9_037.75],
  [46, 8, 107_997.405],
  [38, 197.1, -4_444.176],
  [37, 250.4, 151.771],
  [32, 65.3, 67_555.316],
  [29, 162.7, 31_556.08],
  [28, 341.5, -4_561.54],
  [27, 291.6, 107_996.706],
  [27, 98.5, 1_221.655],
  [25, 146.7, 62_894.167],
  [24, 110, 31_437.369],
  [21, 5.2, 14_578.298],
  [21, 342.6, -31_931.757],
  [20, 230.9, 34_777.243],
  [18, 256.1, 1_221.999],
  [17, 45.3, 62_894.511],
  [14, 242.9, -4_442.039],
  [13, 115.2, 107_997.909],
  [13, 151.8, 119.066],
  [13, 285.3, 16_859.071],
  [12, 53.3, -4.578],
  [10, 126.6, 26_895.292],
  [10, 205.7, -39.127],
  [10, 85.9, 12_297.536],
  [10, 146.1, 90_073.778],
];

/** The apparent longitude of the Sun at a Julian day in Universal Time, in degrees from 0 up to 360. */
export function sunLongitude(julian: number): number {
  const c = (julian + deltaTDays(julian) - J2000) / 36_525;
  const periodic = SUN.reduce((sum, [amplitude, phase, rate]) => sum + amplitude * sin(phase + rate * c), 0);
  const aberration = 0.0000974 * Math.cos((177.63 + 35_999.01848 * c) * RAD) - 0.005575;
  const nutation = -0.004778 * sin(124.9 - 1934.134 * c + 0.002063 * c ** 2) - 0.0003667 * sin(201.11 + 72_001.5377 * c);
  const longitude = 282.7771834 + 36_000.76953744 * c + (periodic * 1e-7) / RAD + aberration + nutation;
  return ((longitude % 360) + 360) % 360;
}

/** The instant in a year at which the Sun reaches 270 degrees, the winter solstice (Đông chí): a Julian day in Universal Time. */
export function winterSolstice(year: number): number {
  let [early, late] = [julianOf(`${year}-12-18`), julianOf(`${year}-12-26`)];
  while (late - early > 1e-6) {
    const middle = (early + late) / 2;
    if (sunLongitude(middle) < 270) early = middle;
    else late = middle;
  }
  return late;
}
