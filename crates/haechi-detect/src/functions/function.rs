//! What all SQL functions of scenarios share: how arguments are coerced, and that their bodies see plain arrays.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arrow::array::ArrayRef;
use arrow::datatypes::DataType;
use datafusion::common::{Result, ScalarValue, plan_err};
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility};

/// What an argument holds. Narrower or wider forms of it are cast by the planner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Argument {
    /// A day, as `Date32`; a time counts as its day.
    Day,
    /// A text, as `Utf8View`, the form in which snapshots are read.
    Text,
    /// A whole number, as `Int64`.
    Whole,
}

/// What a function does: arrays of one length in, an array of that length out.
type Body = dyn Fn(&[ArrayRef]) -> Result<ArrayRef> + Send + Sync;

/// A SQL function of scenarios.
pub(super) struct Function {
    name: &'static str,
    arguments: &'static [Argument],
    returns: DataType,
    signature: Signature,
    body: Arc<Body>,
}

impl Function {
    /// A function whose `body` gets the arguments cast to what [`Argument`] says and all of one length.
    pub(super) fn udf(
        name: &'static str,
        arguments: &'static [Argument],
        returns: DataType,
        body: impl Fn(&[ArrayRef]) -> Result<ArrayRef> + Send + Sync + 'static,
    ) -> ScalarUDF {
        let signature = Signature::user_defined(Volatility::Immutable);
        ScalarUDF::new_from_impl(Self { name, arguments, returns, signature, body: Arc::new(body) })
    }
}

impl Argument {
    /// The form `from` is cast to, if it may stand for this argument.
    fn accepts(self, from: &DataType) -> Option<DataType> {
        use DataType::{
            Date32, Date64, Dictionary, Int8, Int16, Int32, Int64, LargeUtf8, Null, Timestamp, UInt8, UInt16, UInt32,
            Utf8, Utf8View,
        };
        match (self, from) {
            (_, Dictionary(_, value)) => self.accepts(value),
            (Self::Day, Date32 | Date64 | Timestamp(..) | Null) => Some(Date32),
            (Self::Text, Utf8 | LargeUtf8 | Utf8View | Null) => Some(Utf8View),
            (Self::Whole, Int8 | Int16 | Int32 | Int64 | UInt8 | UInt16 | UInt32 | Null) => Some(Int64),
            _ => None,
        }
    }

    /// The word for it in messages.
    const fn word(self) -> &'static str {
        match self {
            Self::Day => "a date",
            Self::Text => "a text",
            Self::Whole => "a whole number",
        }
    }
}

impl ScalarUDFImpl for Function {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.returns.clone())
    }

    fn coerce_types(&self, given: &[DataType]) -> Result<Vec<DataType>> {
        if given.len() != self.arguments.len() {
            return plan_err!("{} takes {} arguments, not {}", self.name, self.arguments.len(), given.len());
        }
        let mut types = Vec::with_capacity(given.len());
        for (at, (argument, from)) in self.arguments.iter().zip(given).enumerate() {
            match argument.accepts(from) {
                Some(to) => types.push(to),
                None => {
                    return plan_err!("argument {} of {} is {}, not {from}", at + 1, self.name, argument.word());
                }
            }
        }
        Ok(types)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let all_constant = args.args.iter().all(|value| matches!(value, ColumnarValue::Scalar(_)));
        let result = (self.body)(&ColumnarValue::values_to_arrays(&args.args)?)?;
        if all_constant {
            // One row stands for however many the batch has.
            return Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&result, 0)?));
        }
        Ok(ColumnarValue::Array(result))
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:?} -> {}", self.name, self.arguments, self.returns)
    }
}

// Two sessions may hold two calendars: functions are the same only where their bodies are.
impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && Arc::ptr_eq(&self.body, &other.body)
    }
}

impl Eq for Function {}

impl Hash for Function {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}
