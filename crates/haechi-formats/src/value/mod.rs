//! Values as people write them: numbers, money, days and times, head counts, business numbers.
