// When a number that can be read is told as odd. The numbers live in configuration.

package import Records

/// When numbers that can be read are doubted; no law, but what the district finds odd.
package struct PlausibilityLimits: Sendable, Hashable {
    /// By how many times the limit of class V a value is odd, as µg/L that were entered as mg/L.
    package let timesClassV: ExactDecimal
    /// The same to the last digit in so many periods in a row is odd.
    package let frozenPeriods: Int
    /// Numbers of fewer digits are the same again and again without anything being wrong.
    package let frozenDigits: Int
    /// How many times what water holds in equilibrium with air oxygen may be; algae reach some of it.
    package let mostSaturation: ExactDecimal
    /// By how many times the chemical oxygen demand the permanganate index may be.
    package let mostIndexOfDemand: ExactDecimal

    package init(
        timesClassV: ExactDecimal,
        frozenPeriods: Int,
        frozenDigits: Int,
        mostSaturation: ExactDecimal,
        mostIndexOfDemand: ExactDecimal
    ) {
        self.timesClassV = timesClassV
        self.frozenPeriods = frozenPeriods
        self.frozenDigits = frozenDigits
        self.mostSaturation = mostSaturation
        self.mostIndexOfDemand = mostIndexOfDemand
    }
}
