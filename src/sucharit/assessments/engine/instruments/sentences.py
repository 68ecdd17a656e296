"""What is said beside a question whose answer cannot be taken."""

SENTENCES = {
    "required": ("โปรดตอบข้อนี้", "Please answer this question."),
    "not_a_number": (
        "โปรดกรอกเป็นตัวเลข เช่น 12 หรือ 12.5",
        "Please enter a number such as 12 or 12.5.",
    ),
    "not_whole": ("โปรดกรอกเป็นจำนวนเต็ม", "Please enter a whole number."),
    "too_small": ("ต้องไม่น้อยกว่า {min}", "Must not be less than {min}."),
    "too_large": ("ต้องไม่มากกว่า {max}", "Must not be more than {max}."),
    "step": ("ต้องเป็นค่าที่ห่างกันช่วงละ {step}", "Must go in steps of {step}."),
    "not_allowed": ("เลือกได้เฉพาะ {allowed}", "Only these are possible: {allowed}."),
    "not_an_option": ("โปรดเลือกจากตัวเลือกที่มี", "Please choose one of the options."),
    "filtered": (
        "ตัวเลือกนี้ใช้ไม่ได้กับคำตอบข้ออื่นที่ท่านให้ไว้ โปรดเลือกใหม่",
        "This option does not go with your other answers. Please choose again.",
    ),
    "one_only": ("เลือกได้เพียงคำตอบเดียว", "Only one option can be chosen."),
    "twice": ("เลือกตัวเลือกเดียวกันซ้ำ", "An option is chosen twice."),
    "rank_incomplete": ("โปรดจัดลำดับให้ครบทุกตัวเลือก", "Please rank every option."),
    "not_text": ("คำตอบอยู่ในรูปแบบที่ระบบอ่านไม่ได้", "The answer came in a form that cannot be read."),
    "too_long": ("ยาวเกินไป กรอกได้ไม่เกิน {limit} ตัวอักษร", "Too long; at most {limit} characters."),
    "control": (
        "มีอักขระที่ใช้ไม่ได้ โปรดพิมพ์ใหม่",
        "Holds characters that cannot be used. Please type it again.",
    ),
    "not_ticked": ("โปรดทำเครื่องหมายรับทราบ", "Please tick the box."),
    "not_a_date": ("โปรดกรอกวันที่ให้ถูกต้อง", "Please enter a valid date."),
    "not_a_time": ("โปรดกรอกเวลาให้ถูกต้อง เช่น 13:30", "Please enter a valid time such as 13:30."),
    "not_a_datetime": ("โปรดกรอกวันและเวลาให้ถูกต้อง", "Please enter a valid date and time."),
    "not_a_point": (
        "โปรดกรอกพิกัดเป็นละติจูดและลองจิจูด เช่น 13.75 100.50",
        "Please enter latitude and longitude such as 13.75 100.50.",
    ),
    "constraint": (
        "คำตอบนี้ไม่เป็นไปตามเงื่อนไขของข้อ",
        "This answer does not meet the condition of the question.",
    ),
    "repeat_min": ("ต้องมีอย่างน้อย {min} รายการ", "At least {min} entries are needed."),
    "repeat_max": ("มีได้ไม่เกิน {max} รายการ", "At most {max} entries are possible."),
    "repeat_count": ("ต้องมี {count} รายการพอดี", "Exactly {count} entries are needed."),
    "unknown": ("ไม่มีข้อนี้ในแบบประเมิน", "There is no such question in this form."),
}
"""Code → (Thai, English)."""
